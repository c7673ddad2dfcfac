package org.ehashpool.mining.coinbase;

import fr.acinq.bitcoin.Bitcoin;
import fr.acinq.bitcoin.BitcoinError;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.Descriptor;
import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.KeyPath;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptElt;
import fr.acinq.bitcoin.XonlyPublicKey;
import fr.acinq.bitcoin.utils.Either;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import kotlin.Pair;
import org.ehashpool.sv2.type.Bytes;

/** Addresses and one-script descriptors (BIP 380 and its successors). */
final class DescriptorParser {
    private static final int CHECKSUM_LENGTH = 8;
    /** The alphabets of Base58 and Bech32 in either case, which must not meet Unicode's rules for upper and lower case. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z]{1,90}");

    private static final Pattern ORIGIN = Pattern.compile("\\[[0-9a-fA-F]{8}(/[0-9]+['hH]?)*\\]");
    private static final Pattern PATH = Pattern.compile("(/[0-9]{1,10})*");
    private static final Pattern COMPRESSED = Pattern.compile("0[23][0-9a-fA-F]{64}");
    private static final Pattern X_ONLY = Pattern.compile("[0-9a-fA-F]{64}");

    private DescriptorParser() {}

    static Bytes parse(String text, Network network) {
        String body = withoutChecksum(text);
        int open = body.indexOf('(');
        if (open < 0) {
            return address(body, network);
        }
        if (!body.endsWith(")")) {
            throw new IllegalArgumentException("descriptor without its closing parenthesis");
        }
        String argument = body.substring(open + 1, body.length() - 1);
        return switch (body.substring(0, open)) {
            case "addr" -> address(argument, network);
            case "raw" -> raw(argument);
            case "pkh" -> script(Script.pay2pkh(key(argument, network)));
            case "wpkh" -> script(Script.pay2wpkh(key(argument, network)));
            case "sh" -> script(Script.pay2sh(Script.pay2wpkh(key(wrapped(argument), network))));
            case "tr" -> script(Script.pay2tr(xOnlyKey(argument, network), Crypto.TaprootTweak.KeyPathTweak.INSTANCE));
            default ->
                throw new IllegalArgumentException(
                        "only addr(), pkh(), wpkh(), sh(wpkh()), tr() and raw() descriptors are understood");
        };
    }

    private static String withoutChecksum(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            return text;
        }
        String body = text.substring(0, hash);
        String checksum = text.substring(hash + 1);
        if (checksum.length() != CHECKSUM_LENGTH || !checksum.equals(checksumOf(body))) {
            throw new IllegalArgumentException("descriptor with a wrong checksum");
        }
        return body;
    }

    private static String checksumOf(String body) {
        try {
            return Descriptor.checksum(body);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("descriptor with characters that have no checksum", e);
        }
    }

    static Bytes address(String address, Network network) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("no address of " + network);
        }
        Either<BitcoinError, List<ScriptElt>> result;
        try {
            result = Bitcoin.addressToPublicKeyScript(network.chainHash(), address);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no address of " + network, e);
        }
        List<ScriptElt> elements = result.getRight();
        if (elements == null) {
            throw new IllegalArgumentException("no address of " + network);
        }
        return script(elements);
    }

    private static Bytes raw(String hex) {
        try {
            return Bytes.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("raw() without hexadecimal bytes", e);
        }
    }

    private static String wrapped(String argument) {
        if (!argument.startsWith("wpkh(") || !argument.endsWith(")")) {
            throw new IllegalArgumentException("of sh() only sh(wpkh()) is understood");
        }
        return argument.substring("wpkh(".length(), argument.length() - 1);
    }

    private static XonlyPublicKey xOnlyKey(String text, Network network) {
        String key = withoutOrigin(text);
        if (!X_ONLY.matcher(key).matches()) {
            return key(key, network).xOnly();
        }
        // An x coordinate is a key if the point with even y exists.
        PublicKey even = new PublicKey(HexFormat.of().parseHex("02" + key));
        if (!even.isValid()) {
            throw new IllegalArgumentException("x coordinate of no curve point");
        }
        return new XonlyPublicKey(new ByteVector32(key));
    }

    private static PublicKey key(String text, Network network) {
        String key = withoutOrigin(text);
        PublicKey publicKey;
        if (COMPRESSED.matcher(key).matches()) {
            publicKey = new PublicKey(HexFormat.of().parseHex(key));
        } else {
            int slash = key.indexOf('/');
            String path = slash < 0 ? "" : key.substring(slash);
            publicKey = extendedKey(slash < 0 ? key : key.substring(0, slash), path, network);
        }
        if (!publicKey.isValid()) {
            throw new IllegalArgumentException("public key that is no curve point");
        }
        return publicKey;
    }

    private static String withoutOrigin(String key) {
        if (!key.startsWith("[")) {
            return key;
        }
        int close = key.indexOf(']');
        if (close < 0 || !ORIGIN.matcher(key.substring(0, close + 1)).matches()) {
            throw new IllegalArgumentException("malformed key origin");
        }
        return key.substring(close + 1);
    }

    private static PublicKey extendedKey(String key, String path, Network network) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("only unhardened paths without ranges are understood");
        }
        Pair<Integer, DeterministicWallet.ExtendedPublicKey> decoded;
        try {
            decoded = DeterministicWallet.ExtendedPublicKey.decode(key, KeyPath.Companion.getEmpty());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("neither a compressed public key nor an extended public key", e);
        }
        int version = network == Network.MAINNET ? DeterministicWallet.xpub : DeterministicWallet.tpub;
        if (decoded.getFirst() != version) {
            throw new IllegalArgumentException("extended key that is no "
                    + (network == Network.MAINNET ? "xpub" : "tpub") + ", as " + network + " wants");
        }
        DeterministicWallet.ExtendedPublicKey extended = decoded.getSecond();
        for (String step : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
            long index = Long.parseLong(step);
            if (DeterministicWallet.isHardened(index) || index > 0x7fff_ffffL) {
                throw new IllegalArgumentException("path step beyond 2^31-1");
            }
            extended = extended.derivePublicKey(index);
        }
        return extended.getPublicKey();
    }

    private static Bytes script(List<? extends ScriptElt> elements) {
        return Bytes.of(Script.write(elements));
    }
}
