package org.ehashpool.mint.payment;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;

/**
 * NUT-08: what a wallet provided and the payment did not use goes back on its blank outputs. Pure.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/08.md">NUT-08</a>
 */
final class Change {

    private Change() {}

    /** The outputs as they may be signed at most: of any amount, here the least. */
    static List<BlindedMessage> blank(List<BlindedMessage> outputs) {
        return outputs.stream()
                .map(output -> new BlindedMessage(Amount.ONE, output.keysetId(), output.point()))
                .toList();
    }

    /** "The mint … imprints the amounts": the largest first, so that what does not fit is as little as can be. */
    static List<BlindedMessage> imprint(Amount change, List<BlindedMessage> outputs) {
        List<Amount> amounts = change.split().reversed();
        List<BlindedMessage> imprinted = new ArrayList<>();
        for (int i = 0; i < Math.min(amounts.size(), outputs.size()); i++) {
            imprinted.add(new BlindedMessage(
                    amounts.get(i), outputs.get(i).keysetId(), outputs.get(i).point()));
        }
        return imprinted;
    }
}
