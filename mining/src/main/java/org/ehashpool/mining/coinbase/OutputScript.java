package org.ehashpool.mining.coinbase;

import java.util.HexFormat;
import org.ehashpool.sv2.type.Bytes;

/**
 * A locking script, the owner of coins.
 *
 * @param script its bytes, at most {@link #MAX_LENGTH}
 */
public record OutputScript(Bytes script) {
    /** The most bytes that a script may have and its coins still be spendable. */
    public static final int MAX_LENGTH = 10_000;

    private static final int WITNESS_SCALE = 4;
    private static final int OP_PUSHDATA1 = 0x4c;
    private static final int OP_PUSHDATA2 = 0x4d;
    private static final int OP_PUSHDATA4 = 0x4e;
    private static final int OP_CHECKSIG = 0xac;
    private static final int OP_CHECKSIGVERIFY = 0xad;
    private static final int OP_CHECKMULTISIG = 0xae;
    private static final int OP_CHECKMULTISIGVERIFY = 0xaf;
    private static final int MULTISIG_SIGOPS = 20;

    /**
     * A script.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public OutputScript {
        if (script.isEmpty() || script.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a script has 1 to " + MAX_LENGTH + " bytes, not " + script.length());
        }
    }

    /**
     * Reads an address of the given network (P2PKH, P2SH, P2WPKH, P2WSH, P2TR) or a descriptor of one script: {@code
     * addr(ADDRESS)}, {@code pkh(KEY)}, {@code wpkh(KEY)}, {@code sh(wpkh(KEY))}, {@code tr(KEY)}, {@code raw(HEX)}, with
     * or without checksum. KEY is a compressed public key in hexadecimal (for {@code tr} also the 32 bytes of its x
     * coordinate) or an extended public key with an unhardened path, either behind an optional origin in brackets.
     * Private keys and ranges (<code>*</code>) are refused.
     *
     * @throws IllegalArgumentException saying what is wrong, without repeating the text
     */
    public static OutputScript parse(String text, Network network) {
        return new OutputScript(DescriptorParser.parse(text.strip(), network));
    }

    /**
     * Reads an address of the given network and nothing else: P2PKH, P2SH, P2WPKH, P2WSH or P2TR. Witness programs of
     * other kinds are refused, because as of today anyone may spend their coins.
     *
     * @throws IllegalArgumentException if the text is anything else, without repeating it
     */
    public static OutputScript ofAddress(String text, Network network) {
        return new OutputScript(DescriptorParser.address(text, network));
    }

    /**
     * Its cost towards the block's limit of 80,000 signature operations: legacy operations in an output count four times
     * (BIP 141), witness programs nothing.
     */
    public int sigopCost() {
        int sigops = 0;
        int i = 0;
        while (i < script.length()) {
            int opcode = script.get(i++) & 0xff;
            int lengthBytes = opcode == OP_PUSHDATA1 ? 1 : opcode == OP_PUSHDATA2 ? 2 : opcode == OP_PUSHDATA4 ? 4 : 0;
            if (lengthBytes > script.length() - i) {
                break;
            }
            long push = opcode < OP_PUSHDATA1 ? opcode : 0;
            for (int j = 0; j < lengthBytes; j++) {
                push |= (script.get(i + j) & 0xffL) << (8 * j);
            }
            i += lengthBytes;
            if (push > script.length() - i) {
                break;
            }
            i += (int) push;
            if (opcode == OP_CHECKSIG || opcode == OP_CHECKSIGVERIFY) {
                sigops++;
            } else if (opcode == OP_CHECKMULTISIG || opcode == OP_CHECKMULTISIGVERIFY) {
                sigops += MULTISIG_SIGOPS;
            }
        }
        return WITNESS_SCALE * sigops;
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(script.toByteArray());
    }
}
