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
