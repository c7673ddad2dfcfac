//! Whole sessions between their initiator and their responder with every secret fixed.
//!
//! The only thing fed to the crates is randomness: a source that hands out the given bytes in the
//! order in which noise_sv2 asks for them.

use std::time::Duration;

use key_utils::{Secp256k1PublicKey, Secp256k1SecretKey};
use rand::{CryptoRng, RngCore};
use secp256k1::{Keypair, Parity, Secp256k1, SecretKey, XOnlyPublicKey};
use serde_json::{json, Value};
use stratum_core::codec_sv2::{
    Decrypted, Handshake, NoiseDecoder, NoiseEncoder, TransportDecryptState, TransportEncryptState,
    SV2_FRAME_PLAINTEXT_CHUNK_SIZE,
};
use stratum_core::noise_sv2::{Initiator, Responder};

use crate::messages::hex;
use crate::peer::pattern_frame;
use crate::replay::{decrypt, initiator, sha256, Replay};

const FRAME_SIZES: [usize; 6] = [0, 1, 6, 65_519, 65_520, 200_000];
/// Ciphertexts longer than this are given by their hash and their two ends.
const WHOLE: usize = 256;
const EDGE: usize = 64;

pub fn document() -> Value {
    let sessions: Vec<Value> = ["first", "second", "third"]
        .into_iter()
        .map(session)
        .collect();
    json!({
        "source": "noise_sv2 2.0.0, codec_sv2 7.0.0 (stratum-core 0.6.0), key-utils 1.2.0",
        "sessions": sessions,
    })
}

/// Everything a session draws, derived from its name.
struct Secrets {
    initiator_ephemeral: SecretKey,
    responder_ephemeral: SecretKey,
    responder_static: SecretKey,
    authority: SecretKey,
    signature_randomness: [u8; 32],
    valid_from: u32,
    validity: u32,
}

impl Secrets {
    fn of(name: &str) -> Self {
        Self {
            initiator_ephemeral: even(name, "initiator ephemeral"),
            responder_ephemeral: even(name, "responder ephemeral"),
            responder_static: even(name, "responder static"),
            authority: secret(name, "authority"),
            signature_randomness: drawn(name, "signature randomness"),
            valid_from: u32::from_be_bytes(drawn(name, "valid from")[..4].try_into().unwrap()),
            validity: u32::from(drawn(name, "validity")[0]) * 3600,
        }
    }
}

fn drawn(name: &str, what: &str) -> [u8; 32] {
    sha256(&[name.as_bytes(), b"/", what.as_bytes()])
}

fn secret(name: &str, what: &str) -> SecretKey {
    SecretKey::from_slice(&drawn(name, what)).expect("a hash is a scalar, but for one in 2^128")
}

/// noise_sv2 negates a drawn key whose point has an odd Y; this draws the one it will keep.
fn even(name: &str, what: &str) -> SecretKey {
    let secret = secret(name, what);
    match secret.x_only_public_key(&Secp256k1::new()).1 {
        Parity::Even => secret,
        Parity::Odd => secret.negate(),
    }
}

fn session(name: &str) -> Value {
    let secrets = Secrets::of(name);
    let authority = Keypair::from_secret_key(&Secp256k1::new(), &secrets.authority);
    let authority_key = authority.x_only_public_key().0;

    let our_initiator = Initiator::from_raw_k_with_rng(
        authority_key.serialize(),
        &mut Fixed::of(&[secrets.initiator_ephemeral.secret_bytes()]),
    )
    .expect("the authority key is a point");
    let our_responder = Responder::from_authority_kp_with_rng(
        &authority_key.serialize(),
        &secrets.authority.secret_bytes(),
        Duration::from_secs(u64::from(secrets.validity)),
        &mut Fixed::of(&[
            secrets.responder_ephemeral.secret_bytes(),
            secrets.responder_static.secret_bytes(),
        ]),
    )
    .expect("the authority keys are a pair");

    let (first, state) = Handshake::initiator(our_initiator).step_0().expect("act 1");
    let act_1: [u8; 64] = first.payload().try_into().expect("act 1 is 64 bytes");
    let (second, responder_end) = Handshake::responder(our_responder)
        .step_1_with_now_rng(
            act_1,
            secrets.valid_from,
            &mut Fixed::of(&[secrets.signature_randomness]),
        )
        .expect("act 2");
    let act_2: [u8; 234] = second.payload().try_into().expect("act 2 is 234 bytes");
    let initiator_end = state
        .step_2_with_now(act_2, secrets.valid_from)
        .expect("their initiator takes their act 2");

    let replay = initiator(secrets.initiator_ephemeral, &act_1, &act_2);
    let (initiator_encrypt, initiator_decrypt) = initiator_end.split();
    let (responder_encrypt, responder_decrypt) = responder_end.split();
    let towards_responder = frames(
        initiator_encrypt,
        responder_decrypt,
        &replay.initiator_to_responder,
    );
    let towards_initiator = frames(
        responder_encrypt,
        initiator_decrypt,
        &replay.responder_to_initiator,
    );
    json!({
        "name": name,
        "authority": {
            "secret": hex(&secrets.authority.secret_bytes()),
            "public": hex(&authority_key.serialize()),
            "secret_base58check": Secp256k1SecretKey(secrets.authority).to_string(),
            "public_base58check": Secp256k1PublicKey(authority_key).to_string(),
        },
        "initiator_ephemeral": key(secrets.initiator_ephemeral, &act_1),
        "responder_ephemeral": key(secrets.responder_ephemeral, &act_2[..64]),
        "responder_static": key(secrets.responder_static, &replay.static_ellswift),
        "certificate": certificate(&secrets, &replay, authority_key),
        "act_1": hex(&act_1),
        "act_2": hex(&act_2),
        "recomputed": recomputed(&replay),
        "frames": {
            "extension_type": 0x7001,
            "message_type": 0x01,
            "payload": "byte i of a payload of n bytes is (31 * i + n) mod 256",
            "initiator_to_responder": towards_responder,
            "responder_to_initiator": towards_initiator,
        },
    })
}

fn key(secret: SecretKey, encoding: &[u8]) -> Value {
    let x = secret.x_only_public_key(&Secp256k1::new()).0;
    json!({
        "secret": hex(&secret.secret_bytes()),
        "x": hex(&x.serialize()),
        "ellswift": hex(encoding),
    })
}

fn certificate(secrets: &Secrets, replay: &Replay, authority: XOnlyPublicKey) -> Value {
    let server_key = secrets
        .responder_static
        .x_only_public_key(&Secp256k1::new())
        .0;
    let digest = sha256(&[&replay.certificate[..10], &server_key.serialize()]);
    let signature = secp256k1::schnorr::Signature::from_slice(&replay.certificate[10..])
        .expect("64 bytes remain");
    Secp256k1::verification_only()
        .verify_schnorr(
            &signature,
            &secp256k1::Message::from_digest(digest),
            &authority,
        )
        .expect("the authority has signed");
    json!({
        "version": u16::from_le_bytes([replay.certificate[0], replay.certificate[1]]),
        "valid_from": secrets.valid_from,
        "not_valid_after": secrets.valid_from.checked_add(secrets.validity),
        "signed_digest": hex(&digest),
        "signature_randomness": hex(&secrets.signature_randomness),
        "signature": hex(&replay.certificate[10..]),
        "signature_noise_message": hex(&replay.certificate),
    })
}

fn recomputed(replay: &Replay) -> Value {
    json!({
        "h_after_act_1": hex(&replay.h_after_act_1),
        "ecdh_ee": hex(&replay.ecdh_ee),
        "static_key_encryption": {
            "key": hex(&replay.key_of_static), "associated_data": hex(&replay.h_of_static),
        },
        "ecdh_es": hex(&replay.ecdh_es),
        "certificate_encryption": {
            "key": hex(&replay.key_of_certificate), "associated_data": hex(&replay.h_of_certificate),
        },
        "handshake_hash": hex(&replay.handshake_hash),
        "chaining_key": hex(&replay.chaining_key),
        "initiator_to_responder_key": hex(&replay.initiator_to_responder),
        "responder_to_initiator_key": hex(&replay.responder_to_initiator),
    })
}

/// Encrypts every size in turn, checks it against their decoder and against the recomputed key.
fn frames(
    mut encrypt: TransportEncryptState,
    mut state: TransportDecryptState,
    session_key: &[u8; 32],
) -> Vec<Value> {
    let mut encoder = NoiseEncoder::new();
    let mut decoder = NoiseDecoder::new();
    let mut nonce = 0;
    let mut described = Vec::new();
    for size in FRAME_SIZES {
        let plain = pattern_frame(size).expect("the sizes are below 2^24");
        let plaintext = plain.as_bytes().to_vec();
        let ciphertext = encoder
            .encode_transport(plain, &mut encrypt)
            .expect("their encoder encrypts");
        let ciphertext: &[u8] = ciphertext.as_ref();

        let decoded;
        (decoded, state) = decode(&mut decoder, state, ciphertext);
        assert_eq!(decoded, plaintext, "their decoder reads their encoder");
        let first_nonce = nonce;
        let opened = open(session_key, &mut nonce, ciphertext);
        assert_eq!(opened, plaintext, "the recomputed key is theirs");
        described.push(describe(size, first_nonce, ciphertext));
    }
    described
}

fn decode(
    decoder: &mut NoiseDecoder,
    mut state: TransportDecryptState,
    mut ciphertext: &[u8],
) -> (Vec<u8>, TransportDecryptState) {
    loop {
        let writable = decoder.writable();
        let (next, rest) = ciphertext.split_at(writable.len());
        writable.copy_from_slice(next);
        ciphertext = rest;
        match decoder.next_transport_frame(state).expect("decrypts") {
            Decrypted::Frame(frame, state) => return (frame.as_bytes().to_vec(), state),
            Decrypted::Incomplete(_, next) => state = next,
        }
    }
}

/// Decrypts header and chunks with the recomputed key.
fn open(session_key: &[u8; 32], nonce: &mut u64, ciphertext: &[u8]) -> Vec<u8> {
    let (header, payload) = ciphertext.split_at(22);
    let mut plaintext = Vec::new();
    for part in std::iter::once(header).chain(payload.chunks(SV2_FRAME_PLAINTEXT_CHUNK_SIZE + 16)) {
        plaintext.extend(decrypt(session_key, *nonce, &[], part).expect("decrypts"));
        *nonce += 1;
    }
    plaintext
}

fn describe(size: usize, first_nonce: u64, ciphertext: &[u8]) -> Value {
    let mut value = json!({
        "payload_size": size,
        "first_nonce": first_nonce,
        "ciphertext_size": ciphertext.len(),
        "ciphertext_sha256": hex(&sha256(&[ciphertext])),
    });
    if ciphertext.len() <= WHOLE {
        value["ciphertext"] = hex(ciphertext).into();
    } else {
        value["ciphertext_start"] = hex(&ciphertext[..EDGE]).into();
        value["ciphertext_end"] = hex(&ciphertext[ciphertext.len() - EDGE..]).into();
    }
    value
}

/// Randomness that was decided beforehand; asking for more, or for less, is an error.
struct Fixed(Vec<u8>);

impl Fixed {
    fn of(draws: &[[u8; 32]]) -> Self {
        Fixed(draws.concat())
    }
}

impl RngCore for Fixed {
    fn next_u32(&mut self) -> u32 {
        rand::RngCore::next_u64(self) as u32
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, destination: &mut [u8]) {
        assert_eq!(
            destination.len(),
            32,
            "noise_sv2 draws keys and signature randomness only"
        );
        let rest = self.0.split_off(destination.len());
        destination.copy_from_slice(&self.0);
        self.0 = rest;
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(destination);
        Ok(())
    }
}

impl CryptoRng for Fixed {}

impl Drop for Fixed {
    fn drop(&mut self) {
        assert!(
            self.0.is_empty() || std::thread::panicking(),
            "noise_sv2 drew less"
        );
    }
}
