package org.ehashpool.wallet.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;

/** Quotes divided into batches that one request can mint. */
final class Batches {

    private Batches() {}

    /**
     * A quote, and what is left to mint from it.
     *
     * @param alone whether it is minted by itself
     */
    record Mintable(String quote, String unit, Amount amount, boolean alone) {}

    /** Batches of one unit each, of that many quotes at most, whose amounts sum up to no more than 2^64 − 1. */
    static List<List<Mintable>> of(List<Mintable> quotes, int most) {
        List<List<Mintable>> batches = new ArrayList<>();
        List<List<Mintable>> open = new ArrayList<>();
        for (Mintable quote : quotes) {
            if (quote.alone()) {
                batches.add(List.of(quote));
                continue;
            }
            Optional<List<Mintable>> fitting =
                    open.stream().filter(batch -> fits(batch, quote, most)).findFirst();
            fitting.ifPresentOrElse(batch -> batch.add(quote), () -> {
                List<Mintable> batch = new ArrayList<>();
                batch.add(quote);
                open.removeIf(full -> full.size() >= most);
                open.add(batch);
                batches.add(batch);
            });
        }
        return batches.stream().map(List::copyOf).toList();
    }

    private static boolean fits(List<Mintable> batch, Mintable quote, int most) {
        return batch.size() < most
                && batch.getFirst().unit().equals(quote.unit())
                && sum(batch)
                        .flatMap(sum -> Amount.sum(List.of(sum, quote.amount())))
                        .isPresent();
    }

    static Optional<Amount> sum(List<Mintable> batch) {
        return Amount.sum(batch.stream().map(Mintable::amount).toList());
    }
}
