package org.ehashpool.cashu.wallet;

import fr.acinq.bitcoin.MnemonicCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.ShortKeysetId;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.seed.ExtendedKey;

/**
 * The seed from which everything in a wallet follows. Whoever knows it has the wallet's ecash. It can be overwritten;
 * closing it while another thread derives is not safe.
 */
public final class WalletSeed implements AutoCloseable {
    /** Counters of version 1 are below this, as BIP 32's indices are. */
    public static final long VERSION_1_COUNTERS = ExtendedKey.INDEX_LIMIT;

    private static final byte[] DOMAIN = "Cashu_KDF_HMAC_SHA256".getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";
    private static final byte SECRET = 0;
    private static final byte BLINDING = 1;

    /** "129372' (UTF-8 for 🥜)". */
    private static final long PURPOSE = 129372;

    /** The purpose after it, under which other wallets too derive keys that lock quotes (NUT-20). */
    private static final long QUOTE_PURPOSE = 129373;

    private static final long QUOTE_KEYS = 20;

    private static final BigInteger KEYSET_MODULUS = BigInteger.valueOf(Integer.MAX_VALUE);

    private final byte[] seed;
    private final ExtendedKey coins;
    private final ExtendedKey quotes;
    private volatile boolean closed;

    private WalletSeed(byte[] seed) {
        this.seed = seed;
        try (ExtendedKey master = ExtendedKey.master(seed);
                ExtendedKey cashu = master.hardened(PURPOSE);
                ExtendedKey locking = master.hardened(QUOTE_PURPOSE);
                ExtendedKey keys = locking.hardened(QUOTE_KEYS);
                ExtendedKey account = keys.hardened(0)) {
            coins = cashu.hardened(0);
            quotes = account.hardened(0);
        }
    }

    /**
     * The seed of these bytes.
     *
     * @param seed 64 bytes from BIP 39, or 16 at least; copied
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static WalletSeed of(byte[] seed) {
        return new WalletSeed(seed.clone());
    }

    /**
     * The seed of BIP 39 words, which have to fit their checksum.
     *
     * @param words separated by blanks
     * @throws IllegalArgumentException if they are no such words
     */
    public static WalletSeed ofWords(String words, String passphrase) {
        String normal = String.join(" ", words.strip().split("\\s+"));
        try {
            MnemonicCode.validate(normal);
        } catch (RuntimeException e) {
            // Its message may repeat a word.
            throw new IllegalArgumentException("these are no BIP 39 words");
        }
        return new WalletSeed(MnemonicCode.toSeed(normal, passphrase));
    }

    /**
     * The secret of a keyset's counter, blinded by the factor that belongs to it.
     *
     * @param counter 0 or more, and below {@link #VERSION_1_COUNTERS} for keysets of version 1; used once
     * @throws IllegalArgumentException if it is out of range
     */
    public BlindedSecret derive(KeysetId keyset, long counter) {
        if (closed) {
            throw new IllegalStateException("the seed is closed");
        }
        return switch (keyset.version()) {
            case V1 -> deriveV1(keyset, counter);
            case V2 -> deriveV2(keyset, counter);
        };
    }

    /** "m/129372'/0'/{keyset_k_int}'/{counter_k}'/0" and "/1". */
    private BlindedSecret deriveV1(KeysetId keyset, long counter) {
        try (ExtendedKey ofKeyset = coins.hardened(index(keyset));
                ExtendedKey ofCounter = ofKeyset.hardened(counter);
                ExtendedKey secret = ofCounter.normal(SECRET);
                ExtendedKey blinding = ofCounter.normal(BLINDING)) {
            return BlindedSecret.of(
                    keyset,
                    counter,
                    secret.secretKey().apply(key -> HexFormat.of().formatHex(key)),
                    blinding.secretKey().apply(SecretKey::of));
        }
    }

    /** "This value is then modulo reduced by 2^31 - 1". */
    private static long index(KeysetId keyset) {
        return new BigInteger(1, ShortKeysetId.of(keyset).toBytes())
                .mod(KEYSET_MODULUS)
                .longValueExact();
    }

    /** "HMAC_SHA256(seed, message)" with "keyset_id_bytes || counter_k_bytes || derivation_type_byte". */
    private BlindedSecret deriveV2(KeysetId keyset, long counter) {
        if (counter < 0) {
            throw new IllegalArgumentException("a counter is not negative");
        }
        byte[] id = keyset.toBytes();
        byte[] message = ByteBuffer.allocate(DOMAIN.length + id.length + Long.BYTES + 1)
                .put(DOMAIN)
                .put(id)
                .putLong(counter)
                .put(SECRET)
                .array();
        String secret = HexFormat.of().formatHex(hmac(message));
        message[message.length - 1] = BLINDING;
        byte[] factor = hmac(message);
        try {
            return BlindedSecret.of(keyset, counter, secret, SecretKey.reduced(factor));
        } finally {
            Arrays.fill(factor, (byte) 0);
        }
    }

    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(seed, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /**
     * A key to lock quotes to: {@code m/129373'/20'/0'/0'/index}.
     *
     * @param index 0 and below 2^31
     * @throws IllegalArgumentException if it is out of range
     */
    public SecretKey quoteKey(long index) {
        if (closed) {
            throw new IllegalStateException("the seed is closed");
        }
        try (ExtendedKey key = quotes.normal(index)) {
            return key.secretKey().apply(SecretKey::of);
        }
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(seed, (byte) 0);
        coins.close();
        quotes.close();
    }

    @Override
    public String toString() {
        return "WalletSeed";
    }
}
