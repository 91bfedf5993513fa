use super::*;

#[tokio::test(start_paused = true)]
async fn commands_are_numbered_and_answered_in_order() {
    let stage = Stage::guarded();
    let board_name = board();
    assert!(!stage.boards.send(&board_name, Command::Identify), "it is not here");
    let mut board = TestBoard::open(&stage).await;
    let commands = [Command::Identify, Command::Configure { heartbeat_s: 10, window_s: 60 }, Command::Reboot];
    for command in commands.clone() {
        assert!(stage.boards.send(&board_name, command));
    }
    for (k, command) in (1..).zip(commands) {
        assert_eq!(board.hear().await, ServerLine::Command { k, command });
    }
    for (k, error) in [(1, None), (2, Some("busy")), (3, None)] {
        board.reply(k, error, None).await;
    }
    board.tell_and_hear(1, "0000").await;
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_another_command_ends_the_session() {
    for replies in [&[2][..], &[0], &[1, 1], &[1, 3]] {
        let stage = Stage::guarded();
        let mut board = TestBoard::open(&stage).await;
        for k in 1..=2 {
            assert!(stage.boards.send(&board.hello.board, Command::Identify));
            assert_eq!(board.hear().await, ServerLine::Command { k, command: Command::Identify });
        }
        for k in replies {
            board.reply(*k, None, None).await;
        }
        assert_eq!(board.end().await, "DB2 E 400\n", "{replies:?}");
        assert_eq!(stage.counters.lines_refused(LineRefusal::Order), 1);
    }
}

/// What has come of commands so far.
async fn news(stage: &Stage) -> Vec<(i32, CommandState)> {
    sleep(Duration::from_millis(20)).await;
    let news = stage.boards.command_news();
    let mut steps = Vec::new();
    while let Ok(step) = timeout(Duration::from_millis(1), news.next()).await {
        news.done(&step);
        steps.push((step.ticket, step.state));
    }
    steps
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_waits_for_the_board_and_its_answer_is_told() {
    let stage = Stage::guarded();
    assert!(stage.boards.ask(&board(), 7, Command::Identify));
    assert!(stage.boards.ask(&board(), 8, Command::Reboot));
    assert!(stage.boards.ask(&board(), 9, Command::Identify));
    assert!(stage.boards.take_back(&board(), 9).is_some());
    assert!(stage.boards.take_back(&board(), 9).is_none());
    assert_eq!(news(&stage).await, [], "it is not here");
    let mut board = TestBoard::open(&stage).await;
    assert_eq!(board.hear().await, ServerLine::Command { k: 1, command: Command::Identify });
    assert_eq!(board.hear().await, ServerLine::Command { k: 2, command: Command::Reboot });
    assert_eq!(news(&stage).await, [(7, CommandState::Sent), (8, CommandState::Sent)]);
    board.reply(1, Some("noled"), None).await;
    assert_eq!(news(&stage).await, [(7, CommandState::Refused { word: "noled".to_owned() })]);
    board.peer.close().await;
    assert_eq!(news(&stage).await, [(8, CommandState::Unanswered)], "it has gone without a word");
    let stranger = domain::BoardId::new("stranger").expect("a name");
    assert!(!stage.boards.ask(&stranger, 1, Command::Identify));
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_while_the_board_goes_to_sleep_waits_until_it_is_back() {
    let stage = Stage::guarded();
    let mut first = TestBoard::open(&stage).await;
    assert!(stage.boards.ask(&board(), 1, Command::Sleep { seconds: 600 }));
    assert_eq!(first.hear().await, ServerLine::Command { k: 1, command: Command::Sleep { seconds: 600 } });
    assert!(stage.boards.ask(&board(), 2, Command::Identify));
    first.reply(1, None, Some(600)).await;
    assert_eq!(news(&stage).await, [(1, CommandState::Sent), (1, CommandState::Done)]);
    first.peer.close().await;
    assert_eq!(ends(&stage).await, ["asleep"]);
    let records = stage.journal.records.lock().expect("not poisoned").clone();
    let end = records.iter().find_map(|record| match record {
        Record::SessionEnded(end) => Some(end.clone()),
        _ => None,
    });
    let end = end.expect("an end");
    assert_eq!(end.asleep_until_at, Some(end.ended_at.plus(600_000)));
    assert_eq!(end.battery_mv, Some(3_700));
    let mut second = TestBoard::open(&stage).await;
    assert_eq!(second.hear().await, ServerLine::Command { k: 1, command: Command::Identify });
}

#[tokio::test(start_paused = true)]
async fn a_board_reports_as_often_as_it_is_told() {
    let stage = Stage::guarded();
    let mut board = TestBoard::open(&stage).await;
    let mut slower = registry(&[(1, false)], 0, None);
    slower.boards[0].heartbeat_s = Some(120);
    stage.boards.update(&slower);
    let ServerLine::Command { k: 1, command: Command::Configure { heartbeat_s: 120, .. } } = board.hear().await else {
        panic!("it is told");
    };
    board.reply(1, None, None).await;
    assert!(board.hears_nothing_for(290_000).await, "two and a half times as long");
    assert_eq!(board.peer.line().await, None, "and no longer");
    let again = TestBoard::open(&stage).await;
    assert!(matches!(again.ok, ServerLine::Ok { heartbeat_s: 120, .. }), "{:?}", again.ok);
}
