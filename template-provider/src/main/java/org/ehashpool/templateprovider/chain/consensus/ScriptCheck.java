package org.ehashpool.templateprovider.chain.consensus;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxHash;
import fr.acinq.bitcoin.TxOut;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.mining.transaction.RawTransaction;

/**
 * Runs the scripts of a transaction. The chain's own anyone-can-spend form is recognised at sight; everything else is
 * left to bitcoin-kmp's interpreter with every soft fork's flag set, segregated witness and taproot included.
 */
final class ScriptCheck {
    private static final int CONSENSUS_FLAGS = ScriptFlags.SCRIPT_VERIFY_P2SH
            | ScriptFlags.SCRIPT_VERIFY_DERSIG
            | ScriptFlags.SCRIPT_VERIFY_NULLDUMMY
            | ScriptFlags.SCRIPT_VERIFY_CHECKLOCKTIMEVERIFY
            | ScriptFlags.SCRIPT_VERIFY_CHECKSEQUENCEVERIFY
            | ScriptFlags.SCRIPT_VERIFY_WITNESS
            | ScriptFlags.SCRIPT_VERIFY_TAPROOT;
    private static final int MAX_REASON = 200;

    private ScriptCheck() {}

    /**
     * Checks all inputs.
     *
     * @param spent per input the coin that it spends
     * @throws BrokenRuleException if one may not be spent in this way
     */
    static void check(RawTransaction transaction, List<Coin> spent) throws BrokenRuleException {
        if (isAnyones(transaction, spent)) {
            return;
        }
        Map<OutPoint, TxOut> outputs = new HashMap<>();
        for (int i = 0; i < spent.size(); i++) {
            RawTransaction.Input input = transaction.inputs().get(i);
            TxHash hash = new TxHash(fr.acinq.bitcoin.ByteVector32.fromValidHex(
                    input.previousTransaction().toLittleEndian().toHex()));
            outputs.put(
                    new OutPoint(hash, input.previousIndex()),
                    new TxOut(
                            new Satoshi(spent.get(i).value()),
                            spent.get(i).script().toByteArray()));
        }
        try {
            Transaction.correctlySpends(
                    Transaction.read(transaction.serialized().toByteArray()), outputs, CONSENSUS_FLAGS);
        } catch (RuntimeException failed) {
            // The interpreter has no exception of its own: whatever it throws is its verdict.
            throw new BrokenRuleException(Rule.SCRIPT, " (" + reason(failed) + ")");
        }
    }

    private static String reason(RuntimeException failed) {
        String message = failed.getMessage();
        if (message == null) {
            return "script failed";
        }
        String line = message.lines().findFirst().orElse("script failed");
        return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) : line;
    }

    private static boolean isAnyones(RawTransaction transaction, List<Coin> spent) {
        for (int i = 0; i < spent.size(); i++) {
            if (!spent.get(i).script().equals(AnyoneCanSpend.SCRIPT)
                    || !transaction.inputs().get(i).script().isEmpty()
                    || !transaction.hasWitness()
                    || !transaction.witnesses().get(i).equals(AnyoneCanSpend.WITNESS)) {
                return false;
            }
        }
        return true;
    }
}
