use super::super::presence::Story;
use super::*;
use tokio::net::TcpListener;

/// Starts a board that follows `script` against a listener of the test.
async fn start(script: &str, speed: u32) -> (TcpListener, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let story = Story::Script(script.parse().expect("a script"));
    let board = Board {
        wiring: "41,42".parse().expect("booths"),
        target: listener.local_addr().expect("bound").to_string(),
        presence: Arc::new(Presence { story, started_at: Instant::now(), speed }),
        chance: Chance::new(1, 1),
    };
    (listener, tokio::spawn(board.run()))
}

async fn accept(listener: &TcpListener) -> TcpStream {
    timeout(Duration::from_secs(10), listener.accept()).await.expect("in time").expect("a connection").0
}

async fn ask(stream: &mut TcpStream, request: &str, length: usize) -> String {
    stream.write_all(request.as_bytes()).await.expect("writes");
    let mut answer = vec![0; length];
    timeout(Duration::from_secs(10), stream.read_exact(&mut answer)).await.expect("in time").expect("an answer");
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn answers_as_the_sketch_does() {
    let (listener, board) = start("0s 42 occupied", 1).await;
    let mut stream = accept(&listener).await;
    assert_eq!(ask(&mut stream, "datas#", 6).await, "410421");
    assert_eq!(ask(&mut stream, "datas#datas#", 12).await, "410421410421");
    assert_eq!(ask(&mut stream, "hello#", 26).await, "Etrange, j'ai recu : hello");
    // Half a request, and a second of silence.
    assert_eq!(ask(&mut stream, "dat", 24).await, "Etrange, j'ai recu : dat");
    assert_eq!(ask(&mut stream, "", 21).await, "Etrange, j'ai recu : ");
    board.abort();
}

#[tokio::test]
async fn sleeps_faster_when_the_day_is_faster_and_comes_back() {
    let (listener, board) = start("", 1_000).await;
    let mut stream = accept(&listener).await;
    assert_eq!(ask(&mut stream, "1800#", 38).await, "Je vais dormir pendant : 1800 secondes");
    let mut rest = Vec::new();
    assert_eq!(stream.read_to_end(&mut rest).await.expect("closed"), 0);
    let asleep_at = Instant::now();
    accept(&listener).await;
    assert!(asleep_at.elapsed() >= Duration::from_millis(1_700), "{:?}", asleep_at.elapsed());
    board.abort();
}

#[tokio::test]
async fn comes_back_when_the_server_does() {
    let (listener, board) = start("", 1).await;
    let address = listener.local_addr().expect("bound");
    drop(accept(&listener).await);
    drop(listener);
    sleep(Duration::from_millis(600)).await;
    let listener = TcpListener::bind(address).await.expect("the port again");
    let mut stream = accept(&listener).await;
    assert_eq!(ask(&mut stream, "datas#", 6).await, "410420");
    board.abort();
}
