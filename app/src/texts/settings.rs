//! Words of the settings.

/// A setting: its name, and a word for each of its values in their order.
pub(crate) struct SettingTexts<const N: usize> {
    pub(crate) name: &'static str,
    pub(crate) values: [&'static str; N],
}

/// The words of the settings panel.
pub(crate) struct SettingsTexts {
    pub(crate) title: &'static str,
    pub(crate) theme: SettingTexts<3>,
    pub(crate) palette: SettingTexts<4>,
    pub(crate) contrast: SettingTexts<2>,
    pub(crate) motion: SettingTexts<2>,
    pub(crate) shortcuts: SettingTexts<2>,
    /// Leads to the brewing plant, where there is one.
    pub(crate) brewery: &'static str,
    /// Where the choices are kept.
    pub(crate) kept_here: &'static str,
}

pub(super) const FR: SettingsTexts = SettingsTexts {
    title: "Réglages",
    theme: SettingTexts { name: "Thème", values: ["Auto", "Clair", "Sombre"] },
    palette: SettingTexts { name: "Couleurs", values: ["Standard", "Deutéranopie", "Protanopie", "Tritanopie"] },
    contrast: SettingTexts { name: "Contraste", values: ["Normal", "Élevé"] },
    motion: SettingTexts { name: "Animations", values: ["Auto", "Réduites"] },
    shortcuts: SettingTexts { name: "Touches de raccourci", values: ["Actives", "Inactives"] },
    brewery: "Brasserie",
    kept_here: "Vos choix restent dans ce navigateur.",
};

pub(super) const EN: SettingsTexts = SettingsTexts {
    title: "Settings",
    theme: SettingTexts { name: "Theme", values: ["Auto", "Light", "Dark"] },
    palette: SettingTexts { name: "Colours", values: ["Standard", "Deuteranopia", "Protanopia", "Tritanopia"] },
    contrast: SettingTexts { name: "Contrast", values: ["Normal", "High"] },
    motion: SettingTexts { name: "Motion", values: ["Auto", "Reduced"] },
    shortcuts: SettingTexts { name: "Shortcut keys", values: ["On", "Off"] },
    brewery: "Brewery",
    kept_here: "Your choices stay in this browser.",
};
