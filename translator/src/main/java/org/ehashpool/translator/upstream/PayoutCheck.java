package org.ehashpool.translator.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;

/**
 * Whether a job pays whom our identity says that it should: a pool that mines for a single miner may pay itself instead.
 *
 * @param scripts of the address, on whichever network
 * @param donatedPercent of the reward that goes to the pool by our own wish
 */
record PayoutCheck(List<Bytes> scripts, int donatedPercent) {
    /** Percent of the reward that a pool may keep as its fee without being left. */
    private static final int TOLERATED_FEE = 5;

    private static final Pattern PERCENT = Pattern.compile("[1-9][0-9]?");
    private static final Pattern WORKER = Pattern.compile("[./]");

    /** Of an identity of the form ADDRESS[.WORKER], sri/solo/ADDRESS or sri/donate/PERCENT/ADDRESS; empty for others. */
    static Optional<PayoutCheck> of(String identity) {
        String[] parts = identity.split("/", -1);
        if (!parts[0].equals("sri")) {
            return of(WORKER.split(identity, 2)[0], 0);
        }
        if (parts.length > 2 && parts[1].equals("solo")) {
            return of(parts[2], 0);
        }
        return parts.length > 3
                        && parts[1].equals("donate")
                        && PERCENT.matcher(parts[2]).matches()
                ? of(parts[3], Integer.parseInt(parts[2]))
                : Optional.empty();
    }

    private static Optional<PayoutCheck> of(String address, int donatedPercent) {
        List<Bytes> scripts = new ArrayList<>();
        for (Network network : Network.values()) {
            script(address, network).filter(script -> !scripts.contains(script)).ifPresent(scripts::add);
        }
        return scripts.isEmpty()
                ? Optional.empty()
                : Optional.of(new PayoutCheck(List.copyOf(scripts), donatedPercent));
    }

    private static Optional<Bytes> script(String address, Network network) {
        try {
            return Optional.of(OutputScript.ofAddress(address, network).script());
        } catch (IllegalArgumentException notOfThisNetwork) {
            return Optional.empty();
        }
    }

    /** What is wrong with a job; empty if nothing is. */
    Optional<String> fault(Job.Extended job) {
        RawTransaction coinbase;
        try {
            coinbase =
                    RawTransaction.parse(job.coinbase().strippedTransaction(Bytes.of(new byte[job.extranonceSize()])));
        } catch (MalformedDataException e) {
            return Optional.of("a coinbase transaction that is none: " + e.getMessage());
        }
        long all = 0;
        long ours = 0;
        for (TransactionOutput output : coinbase.outputs()) {
            all += output.value();
            ours += scripts.contains(output.script()) ? output.value() : 0;
        }
        long wanted = 100L - donatedPercent - TOLERATED_FEE;
        return all > 0 && ours >= Math.max(1, all / 100 * wanted)
                ? Optional.empty()
                : Optional.of("a block would pay us " + ours + " of " + all + " satoshis");
    }
}
