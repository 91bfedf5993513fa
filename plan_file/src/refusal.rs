//! Why a file is no plan.

/// Why a file was refused. Nothing of the file is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefusal {
    /// Nothing that is known.
    #[error("neither SVG nor PNG nor JPEG")]
    UnknownKind,
    /// More bytes than are read.
    #[error("more than {max_bytes} bytes")]
    TooLarge {
        /// The most of this kind.
        max_bytes: usize,
    },
    /// Another encoding than UTF-8.
    #[error("not in UTF-8")]
    Encoding,
    /// A document type or entities: they are not needed, and have been used for attacks.
    #[error("has a document type or entities")]
    DocumentType,
    /// Not well-formed.
    #[error("not well-formed at line {line}")]
    Malformed {
        /// Where.
        line: u32,
    },
    /// Elements within elements within elements.
    #[error("elements deeper than {max}")]
    TooDeep {
        /// The most.
        max: usize,
    },
    /// More elements than a plan has, also after what is used several times has been counted so.
    #[error("more than {max} elements")]
    TooManyElements {
        /// The most.
        max: usize,
    },
    /// An element with more attributes than any has.
    #[error("an element with more than {max} attributes")]
    TooManyAttributes {
        /// The most.
        max: usize,
    },
    /// More declarations of namespaces than any file has; each costs the parser more than the one before.
    #[error("more than {max} namespaces")]
    TooManyNamespaces {
        /// The most.
        max: usize,
    },
    /// A path or a list of points that is longer than is drawn.
    #[error("a path of more than {max_bytes} bytes")]
    PathTooLong {
        /// The most.
        max_bytes: usize,
    },
    /// Something uses itself, or is used through too many others.
    #[error("something uses itself")]
    UsesItself,
    /// It does not say how large it is.
    #[error("no size")]
    NoSize,
    /// Nothing in it is drawn.
    #[error("nothing is drawn")]
    Empty,
    /// More pixels than are decoded.
    #[error("more than {max} pixels, or a side of more than {side_max}")]
    TooManyPixels {
        /// The most.
        max: u64,
        /// The longest side.
        side_max: u32,
    },
    /// The image's parts do not fit together.
    #[error("a broken image")]
    BrokenImage,
}
