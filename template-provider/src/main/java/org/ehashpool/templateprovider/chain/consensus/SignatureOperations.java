package org.ehashpool.templateprovider.chain.consensus;

import java.util.List;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;

/** The cost of signature operations (BIP 141): counted from the scripts' bytes, run or not. */
public final class SignatureOperations {
    private static final int WITNESS_SCALE = 4;
    private static final int MULTISIG = 20;
    private static final int OP_PUSHDATA1 = 0x4c;
    private static final int OP_PUSHDATA4 = 0x4e;
    private static final int OP_1 = 0x51;
    private static final int OP_16 = 0x60;
    private static final int OP_EQUAL = 0x87;
    private static final int OP_HASH160 = 0xa9;
    private static final int OP_CHECKSIG = 0xac;
    private static final int OP_CHECKSIGVERIFY = 0xad;
    private static final int OP_CHECKMULTISIG = 0xae;
    private static final int OP_CHECKMULTISIGVERIFY = 0xaf;
    private static final int P2SH_LENGTH = 23;

    private SignatureOperations() {}

    /** What the transaction's own scripts cost, without what it spends. */
    static int legacyCost(RawTransaction transaction) {
        int count = 0;
        for (RawTransaction.Input input : transaction.inputs()) {
            count += count(input.script(), false);
        }
        for (TransactionOutput output : transaction.outputs()) {
            count += count(output.script(), false);
        }
        return WITNESS_SCALE * count;
    }

    /**
     * All that a transaction costs.
     *
     * @param spent per input the coin that it spends; empty for a coinbase
     */
    public static int cost(RawTransaction transaction, List<Coin> spent) {
        int cost = legacyCost(transaction);
        for (int i = 0; i < spent.size(); i++) {
            Bytes script = transaction.inputs().get(i).script();
            Bytes locking = spent.get(i).script();
            List<Bytes> witness =
                    transaction.hasWitness() ? transaction.witnesses().get(i) : List.of();
            if (isPayToScriptHash(locking)) {
                Bytes redeem = lastPush(script);
                cost += WITNESS_SCALE * count(redeem, true) + witnessCost(redeem, witness);
            } else {
                cost += witnessCost(locking, witness);
            }
        }
        return cost;
    }

    private static int witnessCost(Bytes program, List<Bytes> witness) {
        boolean versionZero = program.length() >= 4 && program.get(0) == 0 && program.get(1) == program.length() - 2;
        if (!versionZero) {
            return 0;
        }
        return switch (program.length()) {
            case 22 -> 1;
            case 34 -> witness.isEmpty() ? 0 : count(witness.getLast(), true);
            default -> 0;
        };
    }

    private static boolean isPayToScriptHash(Bytes script) {
        return script.length() == P2SH_LENGTH
                && (script.get(0) & 0xff) == OP_HASH160
                && script.get(1) == 20
                && (script.get(P2SH_LENGTH - 1) & 0xff) == OP_EQUAL;
    }

    /** The last element that a script of pushes only leaves; empty where it does more than push. */
    private static Bytes lastPush(Bytes script) {
        Bytes last = Bytes.EMPTY;
        Walk walk = new Walk(script);
        while (walk.next()) {
            if (walk.opcode > OP_16) {
                return Bytes.EMPTY;
            }
            last = walk.pushed;
        }
        return walk.malformed ? Bytes.EMPTY : last;
    }

    /** Counts up to the end or the first push that is cut short. */
    static int count(Bytes script, boolean accurate) {
        int count = 0;
        int before = 0;
        Walk walk = new Walk(script);
        while (walk.next()) {
            int opcode = walk.opcode;
            if (opcode == OP_CHECKSIG || opcode == OP_CHECKSIGVERIFY) {
                count++;
            } else if (opcode == OP_CHECKMULTISIG || opcode == OP_CHECKMULTISIGVERIFY) {
                count += accurate && before >= OP_1 && before <= OP_16 ? before - OP_1 + 1 : MULTISIG;
            }
            before = opcode;
        }
        return count;
    }

    /** Goes through a script by opcode. */
    private static final class Walk {
        private final Bytes script;
        private int position;
        private int opcode;
        private Bytes pushed = Bytes.EMPTY;
        private boolean malformed;

        Walk(Bytes script) {
            this.script = script;
        }

        boolean next() {
            if (position >= script.length()) {
                return false;
            }
            opcode = script.get(position++) & 0xff;
            pushed = Bytes.EMPTY;
            if (opcode > OP_PUSHDATA4) {
                return true;
            }
            int lengthBytes = opcode < OP_PUSHDATA1 ? 0 : 1 << (opcode - OP_PUSHDATA1);
            long length = lengthBytes == 0 ? opcode : 0;
            malformed = lengthBytes > script.length() - position;
            for (int i = 0; i < lengthBytes && !malformed; i++) {
                length |= (script.get(position++) & 0xffL) << (8 * i);
            }
            malformed |= length > script.length() - position;
            if (malformed) {
                position = script.length();
                return false;
            }
            pushed = script.slice(position, (int) length);
            position += (int) length;
            return true;
        }
    }
}
