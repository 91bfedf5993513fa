//! Words on the sheets of codes.

use domain::{BoothNumber, FloorNumber};

/// The words on the sheets.
pub(crate) struct QrTexts {
    pub(crate) sheet: fn(FloorNumber) -> String,
    /// What a code is, for those who do not see it.
    pub(crate) code: &'static str,
    /// Over the code that leads to a free booth.
    pub(crate) free_box: &'static str,
    /// Below it.
    pub(crate) scan: &'static str,
    pub(crate) print: &'static str,
    pub(crate) to_floor: fn(FloorNumber) -> String,
    /// The title of one booth's code.
    pub(crate) booth: fn(BoothNumber) -> String,
}

pub(super) const FR: QrTexts = QrTexts {
    sheet: |floor| format!("Codes QR, étage {floor}"),
    code: "Code QR",
    free_box: "Un box libre ?",
    scan: "Scannez pour y aller",
    print: "Imprimer",
    to_floor: |floor| format!("Voir l’étage {floor}"),
    booth: |number| format!("Code QR du box {number}"),
};

pub(super) const EN: QrTexts = QrTexts {
    sheet: |floor| format!("QR codes, floor {floor}"),
    code: "QR code",
    free_box: "A free box?",
    scan: "Scan to find one",
    print: "Print",
    to_floor: |floor| format!("See floor {floor}"),
    booth: |number| format!("QR code of box {number}"),
};
