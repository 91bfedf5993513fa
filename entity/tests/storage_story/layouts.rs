//! Drafts and versions of floors, and what becomes of booths and their history.

use crate::words::{FREE, NO_DATA, OCCUPIED, Outcome, after, board, line, list, store_lines};
use domain::{
    BoothNumber, Channel, EditPlans, FloorNumber, Holds, Placement, PlanPoint, ReadAudit, ServiceHours, ViewBox,
};
use drafting::{
    Answers, BoothId, Choice, Choices, Draft, DraftRevision, Layout, LayoutBooth, LayoutVersion, PlanSha, Publishing,
    SavedDraft, ScheduleProblem, Shape, WiredChannel,
};
use entity::{AuditFilter, DraftOrder, KeptPlan, PlanKind, Site, Storage, StorageError};

const FLOOR: FloorNumber = FloorNumber(9);

fn me() -> Holds<EditPlans> {
    Holds::at_command_line()
}

fn booth(id: u64, number: u32, x: f64) -> LayoutBooth {
    let shape = Shape::Rectangle(Placement { x, y: 100.0, width: 104.0, height: 96.0, rotation_deg: 0.0 });
    let (id, number, name) = (BoothId(id), BoothNumber(number), format!("Émile {number}"));
    LayoutBooth { id, number, name, shape, wires: [].into(), is_locked: false }
}

fn wired(mut booth: LayoutBooth, name: &str, channel: u8) -> LayoutBooth {
    booth.wires.insert(WiredChannel { board: board(name), channel: Channel(channel) });
    booth
}

async fn save(
    storage: &Storage,
    base: u32,
    booths: Vec<LayoutBooth>,
    plan: Option<PlanSha>,
) -> Result<DraftRevision, StorageError> {
    let known = storage.read_drafting_table(&me(), FLOOR).await?.draft.map_or(0, |kept| kept.draft.revision.0);
    let layout = Layout::new(booths).expect("a layout");
    let draft = Draft { base: LayoutVersion(base), revision: DraftRevision(known), layout };
    let order = DraftOrder { floor: FLOOR, draft, plan };
    match storage.save_draft(&me(), &order, after(1)).await? {
        SavedDraft::Saved(revision) => Ok(revision),
        behind @ SavedDraft::Behind(_) => panic!("{behind:?}"),
    }
}

async fn publish(
    storage: &Storage,
    base: u32,
    booths: Vec<LayoutBooth>,
    at_ms: i64,
) -> Result<Publishing, StorageError> {
    let revision = save(storage, base, booths, None).await?;
    storage.publish_draft(&me(), (FLOOR, revision), "Étage neuf", None, after(at_ms)).await
}

async fn layout(storage: &Storage) -> Result<Vec<LayoutBooth>, StorageError> {
    let published = storage.read_drafting_table(&me(), FLOOR).await?.published;
    Ok(published.layout.by_number().into_iter().cloned().collect())
}

fn published(version: u32, is_merged: bool) -> Publishing {
    Publishing::Published { version: LayoutVersion(version), is_merged }
}

pub(crate) async fn tell(storage: &Storage) -> Outcome {
    a_floor_from_nothing(storage).await?;
    numbers_change_hands(storage).await?;
    two_people(storage).await?;
    other_plans(storage).await?;
    the_past_comes_back(storage).await?;
    at_a_time(storage).await?;
    nothing_foreign(storage).await?;
    floors_come_and_go(storage).await?;
    the_site_changes(storage).await
}

async fn a_floor_from_nothing(storage: &Storage) -> Outcome {
    let version = storage.read_registry_version().await?;
    storage.create_floor(&me(), (FLOOR, ""), after(0)).await?;
    assert!(storage.read_registry_version().await? > version, "servers hear of it");
    assert_eq!(
        storage.create_floor(&me(), (FLOOR, ""), after(0)).await,
        Err(StorageError::FloorTaken { floor: FLOOR })
    );
    let corners = [(400.0, 100.0), (500.0, 100.0), (450.0, 220.0)].map(|(x, y)| PlanPoint { x, y });
    let mut corner = booth(BoothId::made(7, 2).0, 92, 0.0);
    corner.shape = Shape::Polygon(corners.to_vec());
    let first = wired(booth(BoothId::made(7, 1).0, 91, 100.0), "board-9", 3);
    assert_eq!(publish(storage, 1, vec![first, corner], 0).await?, published(2, false));
    let table = storage.read_drafting_table(&me(), FLOOR).await?;
    assert!(table.draft.is_none(), "the draft is gone");
    assert!(table.numbers_elsewhere.contains(&BoothNumber(41)) && !table.numbers_elsewhere.contains(&BoothNumber(91)));
    let booths = layout(storage).await?;
    assert!(booths.iter().all(|booth| !booth.id.is_made()));
    assert_eq!(booths[1].shape, Shape::Polygon(corners.to_vec()));
    let building = storage.read_building().await?;
    let floor = building.floors.iter().find(|floor| floor.number == FLOOR).expect("the floor");
    assert_eq!(floor.version, 2);
    let watched: Vec<_> = building.booths_of_board(&board("board-9")).collect();
    assert_eq!(watched, [BoothNumber(91)], "the board was made");
    let versions = storage.list_versions(&me(), FLOOR).await?;
    let listed: Vec<_> = versions.iter().map(|entry| (entry.version.0, entry.name.as_str())).collect();
    assert_eq!(listed, [(2, "Étage neuf"), (1, "")]);
    Ok(())
}

/// History follows the booth, and not its number; also what is stored after the number has gone.
async fn numbers_change_hands(storage: &Storage) -> Outcome {
    store_lines(storage, &[line(91, 10_000, OCCUPIED), line(92, 10_000, FREE)]).await?;
    let mut booths = layout(storage).await?;
    (booths[0].number, booths[1].number) = (BoothNumber(92), BoothNumber(91));
    assert_eq!(publish(storage, 2, booths, 20_000).await?, published(3, false));
    store_lines(storage, &[line(91, 15_000, FREE), line(91, 30_000, OCCUPIED)]).await?;
    let of = async |number| list(storage, number, 0, 60_000).await;
    // By time: the former 91 was occupied, then free, then given up.
    let expect = [line(92, 10_000, OCCUPIED), line(92, 15_000, FREE), line(92, 20_000, NO_DATA)];
    assert_eq!(of(92).await?, expect);
    assert_eq!(of(91).await?, [line(91, 10_000, FREE), line(91, 20_000, NO_DATA), line(91, 30_000, OCCUPIED)]);
    // One goes: its history stays, and its number is free for another.
    let mut booths = layout(storage).await?;
    booths.retain(|booth| booth.number == BoothNumber(92));
    booths.push(booth(BoothId::made(7, 3).0, 91, 700.0));
    assert_eq!(publish(storage, 3, booths, 40_000).await?, published(4, false));
    assert!(of(91).await?.is_empty(), "another booth");
    store_lines(storage, &[line(91, 39_000, FREE)]).await?;
    assert!(of(91).await?.is_empty(), "which was not there then");
    Ok(())
}

async fn two_people(storage: &Storage) -> Outcome {
    let began = layout(storage).await?;
    let mut theirs = began.clone();
    theirs[0].name = "Theirs".to_owned();
    theirs[1].is_locked = true;
    assert_eq!(publish(storage, 4, theirs, 50_000).await?, published(5, false));
    let mut mine = began.clone();
    mine[1].name = "Mine".to_owned();
    assert_eq!(publish(storage, 4, mine, 51_000).await?, published(6, true), "different fields");
    let both = layout(storage).await?;
    assert_eq!((both[0].name.as_str(), both[1].name.as_str(), both[1].is_locked), ("Theirs", "Mine", true));
    let mut mine = began.clone();
    mine[0].name = "Clash".to_owned();
    let asked = publish(storage, 4, mine, 52_000).await?;
    let Publishing::Asks { against, clashes, is_plan_asked: false, by, at } = asked else { panic!("{asked:?}") };
    assert_eq!((against, clashes.len(), at), (LayoutVersion(6), 1, Some(after(51_000))));
    assert!(!by.is_empty());
    assert_eq!(layout(storage).await?, both, "nothing was published");
    let revision = storage.read_drafting_table(&me(), FLOOR).await?.draft.expect("it stays").draft.revision;
    let mut choices = Choices::default();
    choices.choose(clashes[0].key(), Choice::Mine);
    let answers = Answers { against, choices, plan: None };
    let publishing = storage.publish_draft(&me(), (FLOOR, revision), "", Some(&answers), after(53_000)).await?;
    assert_eq!(publishing, published(7, true));
    assert_eq!(layout(storage).await?[0].name, "Clash");
    let behind = storage.publish_draft(&me(), (FLOOR, revision), "", None, after(54_000)).await?;
    assert_eq!(behind, Publishing::NoDraft);
    let same = publish(storage, 7, layout(storage).await?, 55_000).await?;
    assert_eq!(same, Publishing::Nothing);
    Ok(())
}

/// Positions are relative to the plan.
async fn other_plans(storage: &Storage) -> Outcome {
    let before = layout(storage).await?;
    let view_box = ViewBox { x: 0.0, y: 0.0, width: 3_000.0, height: 1_680.0 };
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let kept = KeptPlan { kind: PlanKind::Png, view_box, lines: vec![], content };
    let sha = storage.keep_plan(&me(), &kept, after(60_000)).await?;
    assert_eq!(storage.keep_plan(&me(), &kept, after(60_001)).await?, sha, "once");
    assert_eq!(storage.read_plan(&sha).await?, kept);
    let unknown: PlanSha = "0".repeat(64).parse()?;
    assert!(matches!(storage.read_plan(&unknown).await, Err(StorageError::UnknownPlan { .. })));
    assert!(matches!(save(storage, 7, vec![], Some(unknown)).await, Err(StorageError::UnknownPlan { .. })));
    let table = storage.read_drafting_table(&me(), FLOOR).await?;
    let moved = table.published.layout.moved_onto(table.sheet.plan.view_box, view_box);
    let revision = save(storage, 7, moved.booths().cloned().collect(), Some(sha.clone())).await?;
    let publishing = storage.publish_draft(&me(), (FLOOR, revision), "", None, after(61_000)).await?;
    assert_eq!(publishing, published(8, false));
    let plan = storage.find_plan(FLOOR).await?.expect("a plan");
    assert_eq!(plan.view_box, view_box);
    assert!(plan.drawing.contains(&format!("/plans/{sha}.png")), "{}", plan.drawing);
    assert_eq!(layout(storage).await?[0].shape.middle().x, before[0].shape.middle().x * 2.0);
    // Somebody who began before that has put the floor on yet another plan.
    let other = KeptPlan { view_box: ViewBox { width: 6_000.0, height: 3_360.0, ..view_box }, ..kept };
    let other_sha = storage.keep_plan(&me(), &other, after(62_000)).await?;
    let moved = table.published.layout.moved_onto(table.sheet.plan.view_box, other.view_box);
    let revision = save(storage, 7, moved.booths().cloned().collect(), Some(other_sha)).await?;
    let asked = storage.publish_draft(&me(), (FLOOR, revision), "", None, after(63_000)).await?;
    let Publishing::Asks { against: LayoutVersion(8), clashes, is_plan_asked: true, .. } = asked else {
        panic!("{asked:?}")
    };
    assert!(clashes.is_empty(), "{clashes:?}");
    let answers = Answers { against: LayoutVersion(8), choices: Choices::default(), plan: Some(Choice::Theirs) };
    let left = storage.publish_draft(&me(), (FLOOR, revision), "", Some(&answers), after(64_000)).await?;
    assert_eq!(left, Publishing::Nothing, "then it is as it is");
    Ok(())
}

async fn the_past_comes_back(storage: &Storage) -> Outcome {
    let third = storage.read_version(&me(), FLOOR, LayoutVersion(3)).await?.published.layout;
    let restored = storage.restore_version(&me(), (FLOOR, LayoutVersion(3)), "wie früher", after(70_000)).await?;
    assert_eq!(restored, published(9, false));
    assert_eq!(storage.read_drafting_table(&me(), FLOOR).await?.published.layout, third);
    assert_eq!(storage.find_plan(FLOOR).await?.expect("a plan").drawing, "", "with its plan");
    let history = list(storage, 91, 0, 69_000).await?;
    assert_eq!(history.first(), Some(&line(91, 10_000, FREE)), "the booth of then, with its history");
    let versions = storage.list_versions(&me(), FLOOR).await?;
    assert_eq!((versions[0].version.0, versions[0].restores), (9, Some(LayoutVersion(3))));
    let unknown = storage.restore_version(&me(), (FLOOR, LayoutVersion(99)), "", after(71_000)).await;
    assert_eq!(unknown, Err(StorageError::UnknownVersion { floor: FLOOR, version: 99 }));
    let filter = AuditFilter { subject: Some("floor:9".to_owned()), ..AuditFilter::default() };
    let log = storage.list_audit(&Holds::<ReadAudit>::at_command_line(), &filter, 100).await?;
    let of = |action: &str| log.iter().filter(|entry| entry.action == action).count();
    assert_eq!((of("floor.created"), of("layout.published"), of("layout.restored")), (1, 7, 1));
    let entry = log.iter().find(|entry| entry.action == "layout.published").expect("an entry");
    assert!(entry.before.is_some() && entry.after.is_some());
    Ok(())
}

async fn at_a_time(storage: &Storage) -> Outcome {
    let mut later = layout(storage).await?;
    later[0].name = "Later".to_owned();
    let revision = save(storage, 9, later.clone(), None).await?;
    let schedule = (FLOOR, revision);
    let id =
        storage.schedule_draft(&me(), schedule, ("Montag", after(90_000)), after(80_000)).await?.expect("it waits");
    assert!(storage.read_drafting_table(&me(), FLOOR).await?.draft.is_none());
    assert_eq!(storage.list_schedules(&me(), FLOOR).await?[0].name, "Montag");
    assert!(storage.list_due_schedules(after(89_999)).await?.is_empty());
    assert_eq!(storage.take_schedule_back(&me(), id, after(81_000)).await?, FLOOR);
    let kept = storage.read_drafting_table(&me(), FLOOR).await?.draft.expect("a draft again").draft;
    let id = storage.schedule_draft(&me(), (FLOOR, kept.revision), ("", after(90_000)), after(82_000)).await?;
    let id = id.expect("it waits");
    // What is drawn meanwhile is another draft.
    let mut meanwhile = layout(storage).await?;
    meanwhile[1].name = "Meanwhile".to_owned();
    save(storage, 9, meanwhile, None).await?;
    let due = storage.list_due_schedules(after(90_000)).await?;
    assert_eq!(due.iter().map(|due| (due.id, due.account)).collect::<Vec<_>>(), [(id, None)]);
    assert_eq!(storage.publish_scheduled(&me(), id, after(90_000)).await?, published(10, false));
    assert_eq!(layout(storage).await?[0].name, "Later");
    assert!(storage.read_drafting_table(&me(), FLOOR).await?.draft.is_some(), "which stays");
    assert!(storage.list_due_schedules(after(99_000)).await?.is_empty());
    // One that clashes waits for somebody.
    let table = storage.read_drafting_table(&me(), FLOOR).await?;
    storage.discard_draft(&me(), FLOOR, table.draft.expect("a draft").draft.revision).await?;
    later[0].name = "Even later".to_owned();
    let revision = save(storage, 9, later, None).await?;
    let id =
        storage.schedule_draft(&me(), (FLOOR, revision), ("", after(91_000)), after(90_500)).await?.expect("waits");
    assert!(matches!(storage.publish_scheduled(&me(), id, after(91_000)).await?, Publishing::Asks { .. }));
    assert_eq!(storage.list_schedules(&me(), FLOOR).await?[0].problem, Some(ScheduleProblem::Asks));
    assert!(storage.list_due_schedules(after(99_000)).await?.is_empty(), "not tried again and again");
    Ok(())
}

async fn nothing_foreign(storage: &Storage) -> Outcome {
    let before = layout(storage).await?;
    // Booth 41 is of floor 4.
    let mut booths = before.clone();
    booths.push(booth(41, 99, 1_000.0));
    assert_eq!(publish(storage, 10, booths, 92_000).await?, Publishing::UnknownBooth(BoothId(41)));
    let mut booths = before.clone();
    booths.push(booth(BoothId::made(7, 9).0, 41, 1_000.0));
    assert!(matches!(publish(storage, 10, booths, 93_000).await?, Publishing::Refused(_)), "a number of floor 4");
    let mut booths = before.clone();
    booths[0] = wired(booths[0].clone(), "board-1", 0);
    assert!(matches!(publish(storage, 10, booths, 94_000).await?, Publishing::Refused(_)), "a channel of floor 4");
    assert_eq!(layout(storage).await?, before);
    let ahead = save(storage, 11, before, None).await;
    assert_eq!(ahead, Err(StorageError::UnknownVersion { floor: FLOOR, version: 11 }));
    Ok(())
}

/// A floor that was taken away is not shown, keeps all that it has, and comes back with it.
async fn floors_come_and_go(storage: &Storage) -> Outcome {
    let shown = async || -> Result<Vec<i32>, StorageError> {
        Ok(storage.read_building().await?.floors.iter().map(|floor| floor.number.0).collect())
    };
    let before = shown().await?;
    storage.arrange_floor(&me(), FLOOR, ("Toit", 1), after(90_000)).await?;
    assert_eq!(shown().await?.first(), Some(&FLOOR.0), "the first of the tabs");
    storage.arrange_floor(&me(), FLOOR, ("Toit", 99), after(90_000)).await?;
    assert_eq!(shown().await?, before);
    let booths = layout(storage).await?;
    let number = booths[0].number;
    store_lines(storage, &[line(number.0, 91_000, OCCUPIED)]).await?;
    storage.set_floor_retired(&me(), FLOOR, true, after(92_000)).await?;
    let building = storage.read_building().await?;
    assert!(building.floors.iter().all(|floor| floor.number != FLOOR));
    assert!(building.booths.iter().all(|booth| booth.floor != FLOOR));
    assert!(building.wires.iter().all(|wire| building.booths.iter().any(|booth| booth.number == wire.booth)));
    assert_eq!(list(storage, number.0, 92_000, 99_000).await?.last(), Some(&line(number.0, 92_000, NO_DATA)));
    let listed = storage.list_floors(&me()).await?;
    let entry = listed.iter().find(|entry| entry.number == FLOOR).expect("listed all the same");
    assert_eq!((entry.name.as_str(), entry.retired_at), ("Toit", Some(after(92_000))));
    let taken = storage.create_floor(&me(), (FLOOR, ""), after(93_000)).await;
    assert_eq!(taken, Err(StorageError::FloorTaken { floor: FLOOR }));
    storage.set_floor_retired(&me(), FLOOR, false, after(94_000)).await?;
    assert_eq!((shown().await?, layout(storage).await?), (before.clone(), booths));
    for floor in &before[1..] {
        storage.set_floor_retired(&me(), FloorNumber(*floor), true, after(95_000)).await?;
    }
    let last = storage.set_floor_retired(&me(), FloorNumber(before[0]), true, after(95_000)).await;
    assert_eq!(last, Err(StorageError::LastFloor));
    for floor in &before[1..] {
        storage.set_floor_retired(&me(), FloorNumber(*floor), false, after(96_000)).await?;
    }
    assert_eq!(shown().await?, before);
    Ok(())
}

async fn the_site_changes(storage: &Storage) -> Outcome {
    let before = storage.read_site().await?;
    let version = storage.read_registry_version().await?;
    let mut week = [Some((8 * 60, 20 * 60)); 7];
    (week[4], week[6]) = (Some((8 * 60, 24 * 60)), None);
    let changed = Site {
        name: "Île".to_owned(),
        time_zone: "Europe/Brussels".to_owned(),
        hours: ServiceHours::weekly(week)?,
        holidays: vec!["2026-07-21".to_owned(), "2026-12-25".to_owned()],
    };
    storage.change_site(&me(), &changed, after(97_000)).await?;
    assert_eq!(storage.read_site().await?, changed);
    assert!(storage.read_registry_version().await? > version, "servers hear of it");
    storage.change_site(&me(), &changed, after(98_000)).await?;
    storage.change_site(&me(), &before, after(98_000)).await?;
    assert_eq!(storage.read_site().await?, before);
    let filter = AuditFilter { action: Some("site.changed".to_owned()), ..AuditFilter::default() };
    let log = storage.list_audit(&Holds::<ReadAudit>::at_command_line(), &filter, 100).await?;
    assert_eq!(log.len(), 2, "what changes nothing is not written");
    Ok(())
}
