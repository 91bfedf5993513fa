//! The file written anew, from what was understood.

use crate::attributes::{Value, find_entrance, list, list_classes, write_matrix};
use crate::elements::{Treatment, has_text, is_shape, treat};
use crate::matrix::Matrix;
use crate::references::References;
use crate::refusal::PlanRefusal;
use crate::style_sheet::StyleSheet;
use crate::values::{read_numbers, take_number};
use roxmltree::Node;
use std::collections::BTreeSet;

/// What is written may be larger than what was read: style sheets become attributes.
const OUTPUT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Kinds of elements that were left out, by name; more are not told.
const LEFT_OUT_MAX: usize = 20;

/// Writes elements.
pub(crate) struct Rebuilding<'r, 'a, 'input> {
    pub(crate) references: &'r References<'a, 'input>,
    pub(crate) sheet: &'r StyleSheet,
    /// The clean file.
    pub(crate) output: String,
    /// Names of elements that were left out.
    pub(crate) left_out: BTreeSet<String>,
    /// Whether anything is drawn.
    pub(crate) has_shapes: bool,
}

impl Rebuilding<'_, '_, '_> {
    /// Writes what is in an element.
    pub(crate) fn write_children(&mut self, parent: Node<'_, '_>) -> Result<(), PlanRefusal> {
        let shows_text = has_text(parent.tag_name().name());
        for child in parent.children() {
            match treat(child) {
                Treatment::Keep(name) => self.write_element(child, name, None)?,
                Treatment::Group => self.write_element(child, "g", Some(inner_matrix(child)))?,
                Treatment::Drop if child.is_element() => self.leave_out(child),
                Treatment::Drop if child.is_text() && shows_text => {
                    escape(child.text().unwrap_or_default(), &mut self.output);
                }
                Treatment::Drop => {}
            }
        }
        Ok(())
    }

    fn write_element(
        &mut self,
        node: Node<'_, '_>,
        name: &'static str,
        matrix: Option<Matrix>,
    ) -> Result<(), PlanRefusal> {
        let mut values = list(node, self.sheet)?;
        if let Some(inner) = matrix {
            // Of a link or a drawing in the drawing, only where it is stays.
            let own = node.attribute("transform").and_then(Matrix::read).unwrap_or(Matrix::SAME);
            values = write_matrix(own.of(inner)).map(|value| ("transform", value)).into_iter().collect();
        }
        self.has_shapes |= is_shape(name) || name == "text" || name == "use";
        self.output.push('<');
        self.output.push_str(name);
        self.write_marks(node);
        for (attribute, value) in &values {
            self.write_attribute(name, attribute, value);
        }
        let start = self.output.len();
        self.output.push('>');
        self.write_children(node)?;
        if self.output.len() == start + 1 {
            self.output.truncate(start);
            self.output.push_str("/>");
        } else {
            self.output.push_str("</");
            self.output.push_str(name);
            self.output.push('>');
        }
        if self.output.len() > OUTPUT_BYTES_MAX {
            return Err(PlanRefusal::TooLarge { max_bytes: OUTPUT_BYTES_MAX });
        }
        Ok(())
    }

    /// The class first: that is how the application finds the groups of its own plans.
    fn write_marks(&mut self, node: Node<'_, '_>) {
        let classes = list_classes(node);
        if !classes.is_empty() {
            self.write("class", &classes);
        }
        if let Some(entrance) = find_entrance(node) {
            self.write("data-entrance", &entrance);
        }
        if let Some(name) = self.references.name_of(node) {
            self.write("id", &name);
        }
    }

    fn write_attribute(&mut self, element: &str, attribute: &str, value: &Value) {
        match value {
            Value::Text(text) => self.write(attribute, text),
            Value::Local(_) => {
                if let Some(name) = self.references.rename(element, attribute, value) {
                    self.write(attribute, &format!("#{name}"));
                }
            }
            Value::Url(_) => {
                if let Some(name) = self.references.rename(element, attribute, value) {
                    self.write(attribute, &format!("url(#{name})"));
                }
            }
        }
    }

    /// In single quotes, because plans also travel in JSON.
    fn write(&mut self, attribute: &str, value: &str) {
        self.output.push(' ');
        self.output.push_str(attribute);
        self.output.push_str("='");
        escape(value, &mut self.output);
        self.output.push('\'');
    }

    fn leave_out(&mut self, node: Node<'_, '_>) {
        // A name of another language than SVG, or a very long one, says nothing.
        let name = node.tag_name().name();
        if self.left_out.len() < LEFT_OUT_MAX
            && name.len() <= 32
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            self.left_out.insert(name.to_owned());
        }
    }
}

/// Where the inside of a drawing in the drawing is.
pub(crate) fn inner_matrix(node: Node<'_, '_>) -> Matrix {
    if node.tag_name().name() != "svg" {
        return Matrix::SAME;
    }
    let length = |name| node.attribute(name).and_then(take_number).map(|(number, _)| number);
    let shift = Matrix::shift(length("x").unwrap_or(0.0), length("y").unwrap_or(0.0));
    let view_box = node.attribute("viewBox").and_then(read_numbers);
    let (Some(&[x, y, width, height]), Some(outer_width), Some(outer_height)) =
        (view_box.as_deref(), length("width"), length("height"))
    else {
        return shift;
    };
    if width <= 0.0 || height <= 0.0 {
        return shift;
    }
    let factor = (outer_width / width).min(outer_height / height);
    shift.of(Matrix::scale(factor, factor)).of(Matrix::shift(-x, -y))
}

fn escape(text: &str, output: &mut String) {
    for c in text.chars() {
        match c {
            '&' => output.push_str("&amp;"),
            '<' => output.push_str("&lt;"),
            '>' => output.push_str("&gt;"),
            '\'' => output.push_str("&#39;"),
            '"' => output.push_str("&quot;"),
            '\n' | '\t' | '\r' => output.push(' '),
            c if c.is_control() => {}
            c => output.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_value() {
        let mut output = String::new();
        escape("a'b\"c<d>&\u{7f}\u{85}\n'", &mut output);
        assert_eq!(output, "a&#39;b&quot;c&lt;d&gt;&amp; &#39;");
    }
}
