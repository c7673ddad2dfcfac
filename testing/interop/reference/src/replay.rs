//! The handshake's equations, section 4.5 of the specification, written out once more.
//!
//! noise_sv2 keeps h, ck and the keys to itself. They are recomputed here from the fixed secrets and
//! from what it sent, and held against its ciphertexts: a wrong value would not decrypt them.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::ChaCha20Poly1305;
use secp256k1::ellswift::{ElligatorSwift, ElligatorSwiftParty};
use secp256k1::hashes::{sha256, Hash, HashEngine, Hmac, HmacEngine};
use secp256k1::SecretKey;

const PROTOCOL_NAME: &[u8] = b"Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256";

/// What both ends know after act 2, with the values on the way there.
pub struct Replay {
    pub h_after_act_1: [u8; 32],
    pub ecdh_ee: [u8; 32],
    pub key_of_static: [u8; 32],
    pub h_of_static: [u8; 32],
    pub static_ellswift: [u8; 64],
    pub ecdh_es: [u8; 32],
    pub key_of_certificate: [u8; 32],
    pub h_of_certificate: [u8; 32],
    pub certificate: [u8; 74],
    pub handshake_hash: [u8; 32],
    pub chaining_key: [u8; 32],
    pub initiator_to_responder: [u8; 32],
    pub responder_to_initiator: [u8; 32],
}

/// Replays as the initiator that owns the ephemeral secret.
pub fn initiator(ephemeral: SecretKey, act_1: &[u8; 64], act_2: &[u8; 234]) -> Replay {
    let mut ck = sha256(&[PROTOCOL_NAME]);
    let mut h = sha256(&[&ck]);

    h = sha256(&[&h, act_1]);
    h = sha256(&[&h, &[]]);
    let h_after_act_1 = h;

    let theirs: [u8; 64] = array(&act_2[..64]);
    h = sha256(&[&h, &theirs]);
    let ecdh_ee = ecdh(ephemeral, act_1, &theirs);
    let key_of_static;
    (ck, key_of_static) = hkdf(&ck, &ecdh_ee);

    let h_of_static = h;
    let static_ellswift: [u8; 64] =
        array(&decrypt(&key_of_static, 0, &h, &act_2[64..144]).expect("the static key decrypts"));
    h = sha256(&[&h, &act_2[64..144]]);
    let ecdh_es = ecdh(ephemeral, act_1, &static_ellswift);
    let key_of_certificate;
    (ck, key_of_certificate) = hkdf(&ck, &ecdh_es);

    let h_of_certificate = h;
    let certificate: [u8; 74] = array(
        &decrypt(&key_of_certificate, 0, &h, &act_2[144..]).expect("the certificate decrypts"),
    );
    h = sha256(&[&h, &act_2[144..]]);

    let (initiator_to_responder, responder_to_initiator) = hkdf(&ck, &[]);
    Replay {
        h_after_act_1,
        ecdh_ee,
        key_of_static,
        h_of_static,
        static_ellswift,
        ecdh_es,
        key_of_certificate,
        h_of_certificate,
        certificate,
        handshake_hash: h,
        chaining_key: ck,
        initiator_to_responder,
        responder_to_initiator,
    }
}

/// Decrypts one Noise message; None where key, nonce or associated data are not those it was
/// encrypted with.
pub fn decrypt(key: &[u8; 32], nonce: u64, ad: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = [0; 12];
    bytes[4..].copy_from_slice(&nonce.to_le_bytes());
    let payload = Payload {
        msg: ciphertext,
        aad: ad,
    };
    ChaCha20Poly1305::new(key.into())
        .decrypt(&bytes.into(), payload)
        .ok()
}

pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut engine = sha256::HashEngine::default();
    for part in parts {
        engine.input(part);
    }
    sha256::Hash::from_engine(engine).to_byte_array()
}

fn ecdh(ours: SecretKey, initiator: &[u8; 64], theirs: &[u8; 64]) -> [u8; 32] {
    ElligatorSwift::shared_secret(
        ElligatorSwift::from_array(*initiator),
        ElligatorSwift::from_array(*theirs),
        ours,
        ElligatorSwiftParty::A,
        None,
    )
    .to_secret_bytes()
}

fn hkdf(chaining_key: &[u8; 32], input: &[u8]) -> ([u8; 32], [u8; 32]) {
    let temporary = hmac(chaining_key, &[input]);
    let first = hmac(&temporary, &[&[1]]);
    let second = hmac(&temporary, &[&first, &[2]]);
    (first, second)
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut engine = HmacEngine::<sha256::Hash>::new(key);
    for part in parts {
        engine.input(part);
    }
    Hmac::from_engine(engine).to_byte_array()
}

fn array<const SIZE: usize>(bytes: &[u8]) -> [u8; SIZE] {
    bytes.try_into().expect("the lengths are fixed")
}
