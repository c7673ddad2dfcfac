package org.ehashpool.translator.upstream;

import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.faucet.FaucetLimits;

/** A faucet: tokens of the translator's wallet for anybody who asks. */
public record FaucetConfig(
        @Description("Whether anybody who reaches http.listen may ask for ehash of the wallet.") @Default("false")
        boolean enabled,

        @Description("The most of one request.") @Default("100")
        long perRequest,

        @Description("The most of one address, or IPv6 /64, within a day.") @Default("1000")
        long perAddress,

        @Description("The most of all together within a day.") @Default("100000")
        long perDay,

        @Description("What the faucet leaves in the wallet, at the mint that it takes from.") @Default("0")
        long keep,

        @Description("Proxies, as addresses or CIDR ranges, whose X-Forwarded-For is believed.") @Default("[]")
        List<String> trustedProxies) {

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public FaucetConfig {
        trustedProxies = List.copyOf(trustedProxies);
        if (perRequest < 1 || perAddress < perRequest || perDay < perAddress || keep < 0) {
            throw new IllegalArgumentException("0 < per_request <= per_address <= per_day, and keep not below 0");
        }
        trustedProxies.forEach(AddressRange::parse);
    }

    /** What is given. */
    public FaucetLimits limits() {
        return new FaucetLimits(
                WalletOptions.UNIT, Amount.of(perRequest), Amount.of(perAddress), Amount.of(perDay), Amount.of(keep));
    }

    /** Who asks. */
    public ClientAddresses addresses() {
        return new ClientAddresses(
                trustedProxies.stream().map(AddressRange::parse).toList());
    }
}
