//! An address without its host.

/// A path and a query, as in `/floor/4?booth=42`. The server puts that of the request into the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    search: String,
}

impl Address {
    /// Takes an address apart. What follows a `#` is the browser's business and left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let (path, search) = text.split_once('?').unwrap_or((text, ""));
        Self { path: path.to_owned(), search: search.to_owned() }
    }

    /// The path, beginning with a slash.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// What follows the question mark.
    pub(crate) fn search(&self) -> &str {
        &self.search
    }

    /// What follows the question mark, to look things up in.
    pub(crate) fn query(&self) -> Query {
        Query(self.search.clone())
    }
}

/// The part of an address behind the question mark: `name=value`, separated by `&`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query(String);

impl Query {
    /// The first value of a name, decoded.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key) == name).then(|| decode(value))
        })
    }
}

/// A value as it stands in an address.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default().to_ascii_uppercase();
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// `+` and `%xx`, as forms write them; what is no such thing stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = text.as_bytes().iter();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(&byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => match hexadecimal(bytes.as_slice()) {
                Some(byte) => {
                    bytes.nth(1);
                    byte
                }
                None => byte,
            },
            _ => byte,
        });
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, path: &str, search: &str| {
            let address = Address::parse(text);
            assert_eq!((address.path(), address.search()), (path, search), "{text}");
        };
        check("/", "/", "");
        check("/floor/4", "/floor/4", "");
        check("/floor/4?booth=42", "/floor/4", "booth=42");
        check("/floor/4?a=?&b#top", "/floor/4", "a=?&b");
        check("/status#x?y", "/status", "");
    }

    #[test]
    fn values_survive_the_way_into_an_address_and_back() {
        for text in ["", "mark", "salle de la Liberté", "a&b=c+d%20?#/~"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(encode("é /"), "%C3%A9%20%2F");
    }

    #[test]
    fn queries() {
        let check = |search: &str, name: &str, expect: Option<&str>| {
            let found = Address::parse(&format!("/?{search}")).query().get(name);
            assert_eq!(found.as_deref(), expect, "{search} {name}");
        };
        check("", "booth", None);
        check("booth=42", "booth", Some("42"));
        check("a=1&booth=42&booth=43", "booth", Some("42"));
        check("mybooth=1", "booth", None);
        check("booth", "booth", Some(""));
        check("q=salle+de%20la%20Libert%C3%A9%", "q", Some("salle de la Liberté%"));
        check("q=%zz%4", "q", Some("%zz%4"));
        check("%71=1", "q", Some("1"));
    }
}
