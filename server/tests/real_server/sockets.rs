//! What std's sockets cannot do.

use socket2::{Domain, SockRef, Socket, Type};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// Connects from an address of one's choice. On the loopback each of 127.0.0.0/8 is ours.
pub(crate) fn connect_from(from: Ipv4Addr, to: SocketAddr, within: Duration) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // A port whose last connection ended a moment ago will do.
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from((from, 0)).into())?;
    socket.connect_timeout(&to.into(), within)?;
    socket.set_tcp_nodelay(true)?;
    Ok(socket.into())
}

/// The next to close it breaks the connection instead of ending it.
pub(crate) fn break_at_close(stream: &TcpStream) {
    // A connection that is broken already needs no breaking.
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

/// A port to come back to after a restart: below those that the system gives to others meanwhile.
pub(crate) fn reserve_port() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 100).expect("below 100") * 100;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
