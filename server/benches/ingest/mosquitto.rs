//! The peer: Debian's Mosquitto, which keeps nothing, acknowledges at once, and has nobody to tell.

use crate::installation::Folder;
use crate::process::Process;
use anyhow::Context;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const START_MAX: Duration = Duration::from_secs(10);

/// A running broker.
pub(crate) struct Mosquitto {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
}

impl Mosquitto {
    pub(crate) async fn start(folder: &Folder) -> anyhow::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let file = folder.path().join("mosquitto.conf");
        std::fs::write(&file, configuration(address)).context("while writing the broker's configuration")?;
        // A plain user's PATH often lacks the folder that it is in.
        let program = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"]
            .into_iter()
            .find(|path| std::fs::exists(path).is_ok_and(|there| there));
        let mut command = Command::new(program.unwrap_or("mosquitto"));
        command.arg("-c").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
        let process = Process::start(&mut command)?;
        let listening = async {
            while TcpStream::connect(address).await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(START_MAX, listening).await.context("mosquitto does not listen")?;
        Ok(Self { process, address })
    }
}

/// Without a delay of its acknowledgements: the best that it can do.
fn configuration(address: SocketAddr) -> String {
    format!(
        "listener {} {}\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nlog_dest none\nuser root\n",
        address.port(),
        address.ip()
    )
}
