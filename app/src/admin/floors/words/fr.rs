use super::super::changes::Kind;
use super::super::view::{PlanFault, PlanProblem, PublishProblem};
use super::FloorWords;
use crate::backend::PlanError;
use domain::UtcMs;
use drafting::{Field, ScheduleProblem};

pub(super) const WORDS: FloorWords = FloorWords {
    floors: "Étages",
    floor: |floor| format!("Étage {floor}"),
    all_floors: "Tous les étages",
    edit: "Modifier",
    plan: "Plan",
    publish: "Publier",
    versions: "Versions",
    booths: |count| match count {
        0 => "aucun box".to_owned(),
        count => format!("{count} box"),
    },
    version_of: |version| format!("version {}", version.0),
    more: "Nom, place, retrait",
    floor_name: "Nom de l’étage",
    floor_name_hint: "Facultatif, 40 caractères au plus. Affiché ici seulement.",
    floor_number: "Numéro de l’étage",
    floor_number_hint: "De −99 à 999. Il ne change plus ensuite.",
    new_floor: "Nouvel étage",
    create_floor: "Créer l’étage",
    place: "Place parmi les onglets",
    save: "Enregistrer",
    retire: "Retirer l’étage",
    retire_what: "Il disparaît des cartes. Ses box, ses versions et son historique sont gardés ; il peut revenir.",
    retired_floors: "Étages retirés",
    retired_since: |at| format!("retiré le {at}"),
    bring_back: "Remettre",
    you: "vous",
    is_here: "y travaille en ce moment",
    draft_saved: |at| format!("brouillon du {at}"),
    colleagues: "Aussi à l’œuvre sur cet étage",
    no_draft: "Vous n’avez pas de brouillon pour cet étage : rien à publier.",
    open_editor: "Ouvrir l’éditeur",
    draft_begun: |base, at| format!("Votre brouillon, commencé sur la version {}, enregistré le {at}.", base.0),
    meanwhile: "Publié depuis le début de votre brouillon",
    published_by: |version, name, by, at| {
        let name = if name.is_empty() { String::new() } else { format!(" « {name} »") };
        let by = if by.is_empty() { String::new() } else { format!(" par {by}") };
        let at = if at.is_empty() { String::new() } else { format!(", le {at}") };
        format!("Version {}{name}{by}{at}", version.0)
    },
    what_changes: |published| format!("Ce qui changerait par rapport à la version {}", published.0),
    differences: |count| match count {
        0 => "Plan, sans différence".to_owned(),
        1 => "Plan, 1 box diffère".to_owned(),
        count => format!("Plan, {count} box diffèrent"),
    },
    nothing_differs: "Rien ne diffère.",
    plan_is_new: "Le plan est un autre. Les positions y sont reportées.",
    legend: "Légende",
    kind: |kind| match kind {
        Kind::Added => "Ajouté",
        Kind::Removed => "Retiré",
        Kind::Moved => "Déplacé",
        Kind::Reshaped => "Forme changée",
        Kind::Renamed => "Renommé",
        Kind::Rewired => "Recâblé",
        Kind::Locked => "Verrou changé",
    },
    field: |field| match field {
        Field::Number => "le numéro",
        Field::Name => "le nom",
        Field::Position => "la position",
        Field::Size => "la taille",
        Field::Rotation => "l’angle",
        Field::Outline => "la forme",
        Field::Wires => "le câblage",
        Field::Lock => "le verrou",
    },
    booth: "Box",
    booth_number: |number| format!("Box {number}"),
    unknown_booth: "un box disparu",
    change: "Changement",
    was: "Avant",
    is: "Après",
    no_name: "sans nom",
    not_wired: "aucun capteur",
    corners: |count| format!("{count} coins"),
    lock: |is_locked| if is_locked { "verrouillé" } else { "libre" },
    faults: "À corriger avant de publier",
    hints: "À regarder",
    put_right_first: "Corrigez d’abord ce qui est signalé plus haut ; votre brouillon est gardé.",
    same_number: |number, count| format!("{count} box portent le numéro {number}."),
    number_elsewhere: |number| format!("Le numéro {number} est déjà celui d’un box d’un autre étage."),
    same_channel: |wire, booths| format!("Le capteur {wire} est relié à plusieurs box : {booths}."),
    channel_elsewhere: |wire, booth| format!("Le capteur {wire} ({booth}) surveille déjà un box d’un autre étage."),
    outside_plan: |booth| format!("{booth} dépasse du plan."),
    overlap: |one, other| format!("{one} et {other} se chevauchent."),
    booth_not_wired: |booth| format!("{booth} n’a aucun capteur : il restera gris."),
    clashes: "À décider",
    clashes_what: "Vous et d’autres avez changé la même chose. Choisissez à chaque fois ce qui reste.",
    mine: "Le mien",
    theirs: "Ce qui est publié",
    edited: |booth, field| format!("{booth} : {field}"),
    removed: "retiré",
    kept: "gardé, avec ses changements",
    removed_or_kept: |booth| format!("{booth} : retiré par l’un, changé par l’autre"),
    added_twice: |booth| format!("{booth} : ajouté deux fois"),
    number_clash: |number| format!("Le numéro {number} : pour quel box ?"),
    channel_clash: |wire| format!("Le capteur {wire} : pour quel box ?"),
    to_which: |booth| format!("pour {booth}"),
    plan_clash: "Le plan a été remplacé des deux côtés",
    plan_mine: "le plan de votre brouillon",
    plan_theirs: "le plan publié",
    version_name: "Nom de la version",
    version_name_hint: "Facultatif : ce qui a changé, en peu de mots.",
    when: "Quand",
    now: "Maintenant",
    now_what: "Les cartes et écrans ouverts suivent aussitôt.",
    later: "Plus tard",
    later_what: |zone| format!("À l’heure du site ({zone}). Votre brouillon attend jusque-là."),
    later_asked: "Impossible tant qu’il y a quelque chose à décider : publiez maintenant.",
    date: "Date",
    time: "Heure",
    publish_it: "Publier",
    discard: "Jeter mon brouillon",
    discard_what: "Ce qui est publié ne change pas.",
    scheduled: "Publications prévues",
    planned_for: |at, by| format!("le {at}, par {by}"),
    without_name: "Sans nom",
    take_back: "Annuler",
    take_back_what: "Ce qui est annulé redevient votre brouillon.",
    schedule_problem: |problem| match problem {
        ScheduleProblem::Asks => "Pas publié : d’autres ont changé la même chose. Annulez, puis publiez pour décider.",
        ScheduleProblem::Refused => {
            "Pas publié : un numéro ou un capteur est pris entre-temps. Annulez, puis corrigez."
        }
        ScheduleProblem::Right => "Pas publié : la personne qui l’a prévu n’en a plus le droit.",
    },
    version: "Version",
    author: "Par",
    published_at: "Publiée le",
    from_the_start: "dès le début",
    deeds: "Actions",
    current: "publiée",
    restores: |version| format!("reprend la {}", version.0),
    changes: "Changements",
    changes_of: |version| format!("Changements de la version {}", version.0),
    compare: "Comparer",
    compare_from: "De",
    compare_to: "À",
    compared: |from, to| format!("De la version {} à la version {}", from.0, to.0),
    restore: "Restaurer…",
    restoring: |version| format!("Restaurer la version {}", version.0),
    restore_what: "Elle devient une nouvelle version, publiée aussitôt. Rien n’est effacé.",
    restore_it: "Restaurer et publier",
    own_draft: |at| format!("Votre brouillon du {at}"),
    keep_draft: "Le garder",
    keep_draft_what: "Il sera fusionné avec la version restaurée quand vous le publierez.",
    drop_draft: "Le jeter",
    drop_draft_what: "Vous repartirez de la version restaurée.",
    drafts_of_others: |names| {
        format!("Les brouillons d’autres personnes ({names}) sont gardés ; ce qui se contredit leur sera demandé.")
    },
    problem: say_problem,
    plan_error: |error| match error {
        PlanError::NotSignedIn => "Votre session est terminée. Reconnectez-vous.",
        PlanError::Forbidden => "Votre compte ne permet pas cela.",
        PlanError::BadRequest => "La demande n’a pas été comprise. Rechargez la page et réessayez.",
        PlanError::BadName => "Ce nom est trop long, ou a des caractères qui ne s’écrivent pas.",
        PlanError::BadTime => "Choisissez une date et une heure à venir, d’ici un an.",
        PlanError::UnknownFloor => "Cet étage n’existe pas.",
        PlanError::BadFloor => "Un étage a un numéro de −99 à 999.",
        PlanError::FloorTaken => "Cet étage existe déjà ; s’il a été retiré, remettez-le.",
        PlanError::LastFloor => "C’est le dernier étage : il en faut toujours un.",
        PlanError::UnknownVersion => "Cette version n’existe pas.",
        PlanError::UnknownPlan => "Ce plan n’est plus là. Envoyez-le encore une fois.",
        PlanError::UnknownSchedule => "Cette publication n’attend plus : elle est faite, ou déjà annulée.",
        PlanError::DraftInTheWay => "Vous avez déjà un brouillon de cet étage. Publiez-le ou jetez-le d’abord.",
        PlanError::Busy => "Le serveur lit un autre plan. Réessayez dans un instant.",
        PlanError::Away => "La base de données ne répond pas. Vérifiez si c’est fait, puis réessayez.",
    },
    plan_of_draft: "Le plan de votre brouillon",
    plan_published: "Le plan publié",
    send_plan: "Autre plan",
    file: "Fichier",
    file_hint: "SVG jusqu’à 2 Mo, PNG ou JPEG jusqu’à 8 Mo. Rien n’est publié avant que vous le demandiez.",
    look_at_it: "Envoyer et regarder",
    plan_problem: say_plan_problem,
    what_was_kept: "Ce qui a été gardé du fichier",
    left_out: |names| format!("Laissé de côté par sécurité : {names}."),
    moved_onto: |count| format!("Les {count} box de cet étage gardent leur place relative sur ce plan."),
    proposed: |count| match count {
        0 => "Aucun box n’a été reconnu sur ce plan.".to_owned(),
        count => format!("Box reconnus sur ce plan : {count}"),
    },
    take_proposal: |booth| format!("Prendre le box {booth}"),
    number: "Numéro",
    booth_name: "Nom",
    is_on_this_floor: "Existe déjà ici : le cocher le déplace à cet endroit.",
    is_on_another_floor: "Ce numéro est pris sur un autre étage.",
    take_into_draft: "Prendre dans mon brouillon",
    take_what: "Rien n’est encore publié : vous verrez d’abord ce qui change.",
    told_published: |floor, version, is_merged| {
        let merged = if is_merged { " Elle contient aussi ce que d’autres ont publié entre-temps." } else { "" };
        format!("Étage {floor} : la version {} est publiée. Les cartes ouvertes la montrent déjà.{merged}", version.0)
    },
    told_restored: |restores, version| {
        format!("La version {} est restaurée ; c’est maintenant la version {}.", restores.0, version.0)
    },
    told_nothing: "C’était déjà ainsi : rien n’a été publié.",
    told_scheduled: |at| format!("Ce sera publié le {at}."),
    told_taken_back: "La publication est annulée ; c’est de nouveau votre brouillon.",
    told_discarded: "Votre brouillon est jeté.",
    told_plan_taken: |count| match count {
        0 => "Le plan est dans votre brouillon. Voici ce qui changerait.".to_owned(),
        count => format!("Le plan et {count} box sont dans votre brouillon. Voici ce qui changerait."),
    },
    told_created: |floor| format!("L’étage {floor} est créé. Donnez-lui un plan."),
    told_renamed: |floor| format!("Étage {floor} : c’est enregistré."),
    told_retired: |floor| format!("L’étage {floor} est retiré ; il peut revenir."),
    told_brought_back: |floor| format!("L’étage {floor} est de retour."),
    told_site: "C’est enregistré ; le serveur suit aussitôt.",
};

fn say_problem(problem: &PublishProblem, show_time: &dyn Fn(UtcMs) -> String) -> String {
    match problem {
        PublishProblem::Meanwhile { version, name, by, at } => {
            let what = (WORDS.published_by)(*version, name, by, &at.map(show_time).unwrap_or_default());
            format!(
                "Entre-temps, autre chose a été publié : {what}. Voici ce qui changerait maintenant ; rien n’est perdu."
            )
        }
        PublishProblem::Unanswered => "Il reste quelque chose à décider.".to_owned(),
        PublishProblem::AnswersNow => WORDS.later_asked.to_owned(),
        PublishProblem::Refused => WORDS.put_right_first.to_owned(),
        PublishProblem::Behind => {
            "Votre brouillon a été enregistré entre-temps, sans doute dans une autre fenêtre. Le voici tel qu’il est."
                .to_owned()
        }
        PublishProblem::NoDraft => "Ce brouillon n’existe plus : il est publié, prévu ou jeté.".to_owned(),
        PublishProblem::Nothing => WORDS.told_nothing.to_owned(),
        PublishProblem::DraftUndecided => "Dites ce que devient votre brouillon.".to_owned(),
        PublishProblem::Unknown => {
            "Ce brouillon a été commencé sur quelque chose que cet étage n’a jamais eu. Jetez-le et recommencez."
                .to_owned()
        }
        PublishProblem::Plan(error) => (WORDS.plan_error)(*error).to_owned(),
    }
}

fn say_plan_problem(problem: &PlanProblem) -> String {
    match problem {
        PlanProblem::NoFile => "Choisissez un fichier.".to_owned(),
        PlanProblem::TooLarge => {
            "Ce fichier est trop grand : SVG jusqu’à 2 Mo, PNG ou JPEG jusqu’à 8 Mo. Rien n’a changé.".to_owned()
        }
        PlanProblem::File(fault) => format!("{} Rien n’a changé.", say_fault(*fault)),
        PlanProblem::BadNumber(text) => format!("« {text} » n’est pas un numéro de box (1 à 999999)."),
        PlanProblem::NumberTwice(number) => format!("Le numéro {number} est coché deux fois."),
        PlanProblem::NoLayout => "C’est trop de box pour un étage, ou l’un d’eux est trop petit.".to_owned(),
        PlanProblem::Behind => {
            "Votre brouillon a été enregistré entre-temps dans une autre fenêtre. Validez encore une fois.".to_owned()
        }
        PlanProblem::Plan(error) => (WORDS.plan_error)(*error).to_owned(),
    }
}

fn say_fault(fault: PlanFault) -> String {
    let words = match fault {
        PlanFault::UnknownKind => "Ce fichier n’est ni SVG, ni PNG, ni JPEG.",
        PlanFault::Encoding => "Ce SVG n’est pas en UTF-8. Enregistrez-le en UTF-8.",
        PlanFault::DocumentType => "Ce SVG a un DOCTYPE ou des entités. Enregistrez-le en « SVG simple ».",
        PlanFault::Malformed(line) => return format!("Ce SVG est mal formé à la ligne {line}."),
        PlanFault::TooComplex => "Ce dessin est trop compliqué. Simplifiez-le, ou envoyez-le en PNG.",
        PlanFault::NoSize => "Ce SVG ne dit pas sa taille : il lui faut un viewBox, ou une largeur et une hauteur.",
        PlanFault::Empty => "Il n’y a rien de dessiné dans ce fichier.",
        PlanFault::TooManyPixels => "Cette image a trop de points : 40 millions au plus, 12 000 par côté.",
        PlanFault::BrokenImage => "Cette image est abîmée.",
    };
    words.to_owned()
}
