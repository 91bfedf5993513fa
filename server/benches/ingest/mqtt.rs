//! A publisher of MQTT 3.1.1 with just enough of it: connects, publishes with QoS 1, counts the acknowledgements.

use crate::load::{Answers, Open, Talk, connect};
use anyhow::ensure;
use bytes::{Buf, BytesMut};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const PUBLISH_QOS_1: u8 = 0x32;
const PUBACK: [u8; 2] = [0x40, 2];
const PUBACK_BYTES: usize = 4;

/// A connection of the client with this number, which publishes this payload over and over.
pub(crate) async fn open(broker: SocketAddr, number: usize, payload: Arc<[u8]>) -> anyhow::Result<Open> {
    let mut stream = connect(broker, number).await?;
    let name = format!("bench-{number}");
    // Level 4, a clean session, no time after which a silent client is dropped.
    let mut body = vec![0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0];
    put_text(&mut body, &name)?;
    let mut packet = vec![0x10];
    put_length(&mut packet, body.len())?;
    packet.extend(body);
    stream.write_all(&packet).await?;
    let mut accepted = [0; 4];
    stream.read_exact(&mut accepted).await?;
    ensure!(accepted == [0x20, 2, 0, 0], "the broker answers {accepted:?}");
    let mut head = vec![PUBLISH_QOS_1];
    let topic = format!("boards/{name}");
    put_length(&mut head, 2 + topic.len() + 2 + payload.len())?;
    put_text(&mut head, &topic)?;
    Ok(Open { stream, talk: Box::new(Publisher { head, payload, packet_id: 0 }) })
}

struct Publisher {
    /// All before the number of the packet.
    head: Vec<u8>,
    payload: Arc<[u8]>,
    packet_id: u16,
}

impl Talk for Publisher {
    fn frame(&mut self, out: &mut Vec<u8>) {
        self.packet_id = self.packet_id.checked_add(1).unwrap_or(1);
        out.extend_from_slice(&self.head);
        out.extend_from_slice(&self.packet_id.to_be_bytes());
        out.extend_from_slice(&self.payload);
    }

    fn answers(&mut self, bytes: &mut BytesMut) -> anyhow::Result<Answers> {
        let mut answers = Answers::default();
        while bytes.len() >= PUBACK_BYTES {
            ensure!(bytes[..2] == PUBACK, "the broker says {:?}", &bytes[..PUBACK_BYTES]);
            bytes.advance(PUBACK_BYTES);
            answers.acknowledged += 1;
        }
        Ok(answers)
    }
}

fn put_text(packet: &mut Vec<u8>, text: &str) -> anyhow::Result<()> {
    packet.extend(u16::try_from(text.len())?.to_be_bytes());
    packet.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Seven bits a byte, the lowest first; packets here need two bytes at most.
fn put_length(packet: &mut Vec<u8>, length: usize) -> anyhow::Result<()> {
    if let Ok(short @ ..0x80) = u8::try_from(length) {
        packet.push(short);
        return Ok(());
    }
    packet.push(0x80 | u8::try_from(length % 0x80)?);
    packet.push(u8::try_from(length / 0x80)?);
    Ok(())
}
