package org.ehashpool.wallet.faucet;

import org.ehashpool.cashu.amount.Amount;

/**
 * What a faucet gives.
 *
 * @param unit of all amounts
 * @param perRequest at most, at once
 * @param perAddress at most, to one address within a day
 * @param perDay at most, to all together within a day
 * @param keep what it leaves in the wallet, at the mint that it would take from
 */
public record FaucetLimits(String unit, Amount perRequest, Amount perAddress, Amount perDay, Amount keep) {

    /**
     * Limits.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public FaucetLimits {
        if (perRequest.isZero() || perRequest.compareTo(perAddress) > 0 || perAddress.compareTo(perDay) > 0) {
            throw new IllegalArgumentException("0 < per_request <= per_address <= per_day");
        }
    }
}
