use super::*;

const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

fn admission(total_max: usize, per_address_max: usize) -> Arc<Admission> {
    Admission::new(Limits { total_max, per_address_max })
}

fn admit(admission: &Arc<Admission>, address: IpAddr) -> Permit {
    admission.admit(address).expect("room").0
}

fn is_evicted(permit: &Permit) -> bool {
    permit.evicted.is_cancelled()
}

#[test]
fn the_oldest_of_an_address_goes_for_the_newest() {
    let admission = admission(100, 2);
    let mapped: IpAddr = "::ffff:10.0.0.1".parse().expect("an address");
    let permits = [admit(&admission, A), admit(&admission, mapped), admit(&admission, B), admit(&admission, A)];
    assert_eq!(permits.each_ref().map(is_evicted), [true, false, false, false]);
}

#[test]
fn the_address_that_holds_most_pays_for_the_total() {
    let admission = admission(16, 64);
    let flood: Vec<_> = (0..3).map(|_| admit(&admission, A)).collect();
    let one = admit(&admission, B);
    let _more = admit(&admission, B);
    assert!(is_evicted(&flood[0]) && !is_evicted(&flood[1]) && !is_evicted(&one));
}

#[test]
fn boards_are_never_evicted_and_find_room_among_strangers() {
    let admission = admission(4, 64);
    let board = admit(&admission, A);
    assert!(board.prove());
    let answering = admit(&admission, A);
    answering.answers().expect("room for boards of 2016");
    let strangers: Vec<_> = (0..10).map(|_| admit(&admission, B)).collect();
    assert!(!is_evicted(&board) && !is_evicted(&answering));
    assert_eq!(strangers.iter().filter(|stranger| !is_evicted(stranger)).count(), 1);
}

#[test]
fn a_full_house_of_boards_takes_no_more() {
    let admission = admission(2, 64);
    let boards = [A, A].map(|address| {
        let board = admit(&admission, address);
        assert!(board.prove());
        board
    });
    assert_eq!(admission.admit(B).expect_err("full"), Refusal::Total);
    let [first, _second] = boards;
    drop(first);
    assert!(admission.admit(B).is_ok());
}

#[test]
fn whoever_names_a_board_competes_with_that_name_only() {
    let admission = admission(64, 2);
    let board = BoardId::new("b-4a").expect("a name");
    let claims: Vec<_> =
        (0..=CLAIMS_MAX).map(|_| admit(&admission, A)).inspect(|permit| permit.claim(&board)).collect();
    let strangers: Vec<_> = (0..5).map(|_| admit(&admission, A)).collect();
    assert_eq!(claims.iter().position(|claim| !is_evicted(claim)), Some(1));
    assert!(claims[1].prove() && !claims[0].prove());
    assert_eq!(strangers.iter().filter(|stranger| !is_evicted(stranger)).count(), 2);
}

#[test]
fn whoever_names_a_board_from_elsewhere_does_not_crowd_it_out() {
    let admission = admission(256, 2);
    let name = BoardId::new("b-4a").expect("a name");
    let board = admit(&admission, B);
    board.claim(&name);
    let others: Vec<_> =
        (0..3 * CLAIMS_MAX).map(|_| admit(&admission, A)).inspect(|permit| permit.claim(&name)).collect();
    assert!(board.prove());
    assert_eq!(others.iter().filter(|other| !is_evicted(other)).count(), CLAIMS_MAX - 1, "one of them was the board");
}

#[test]
fn boards_of_2016_are_limited_by_address() {
    let admission = admission(16, 2);
    let [first, second, third] = std::array::from_fn(|_| {
        let permit = admit(&admission, A);
        let answers = permit.answers();
        (permit, answers)
    });
    assert_eq!((first.1, second.1, third.1), (Ok(()), Ok(()), Err(Refusal::Address)));
    drop(first.0);
    assert_eq!(admit(&admission, A).answers(), Ok(()));
    drop((second, third));
}

#[test]
fn everything_is_given_back() {
    let admission = admission(16, 4);
    let permits: Vec<_> = (0..12).map(|_| admit(&admission, A)).collect();
    assert!(permits[11].prove());
    permits[10].claim(&BoardId::new("b-4a").expect("a name"));
    permits[9].answers().expect("room");
    drop(permits);
    let inner = admission.lock();
    assert!(
        inner.open.is_empty() && inner.unproven.is_empty() && inner.claims.is_empty() && inner.answering.is_empty()
    );
}
