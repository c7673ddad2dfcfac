package org.ehashpool.translator.upstream;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.TrustedMint;

/** Who is paid in ehash for miners whose names are no keys: the translator's own wallet, or a key. */
public record WalletConfig(
        @Description(
                "A compressed secp256k1 public key, 66 hexadecimal digits, in place of a wallet: ehash of miners whose"
                        + " names are no keys is locked to it. Without it and a wallet, their shares earn no ehash.")
        Optional<String> lockingKey,

        @Description("Whether the translator keeps a wallet, which claims that ehash.") @Default("false")
        boolean enabled,

        @Description("The mints whose ehash the wallet takes: URL, or URL#PUBLIC-KEY to pin the mint's key.")
        @Default("[]")
        List<String> mints,

        @Description("The file with the wallet's BIP 39 words, chmod 600, as they are or sealed; otherwise"
                + " $EHASH_HOME/translator/wallet-seed, made at the first start.")
        Optional<Path> seedFile,

        @Description("The passphrase of a sealed seed file; a new file is sealed with it.")
        Optional<Secret> passphrase,

        @Description("Allows mints by http that are not on this machine.") @Default("false")
        boolean insecureHttp,

        FaucetConfig faucet,

        DatabaseConfig database) {

    private static final Pattern KEY = Pattern.compile("0[23][0-9a-fA-F]{64}");

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public WalletConfig {
        mints = List.copyOf(mints);
        lockingKey.ifPresent(key -> {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "locking_key of 66 hexadecimal digits that begin with 02 or 03: a compressed public key");
            }
        });
        if (enabled && lockingKey.isPresent()) {
            throw new IllegalArgumentException("either a locking_key or a wallet that is enabled, which has its own");
        }
        if (enabled && mints.isEmpty()) {
            throw new IllegalArgumentException("mints = [URL, …]: an enabled wallet takes ehash of these only");
        }
        if (faucet.enabled() && !enabled) {
            throw new IllegalArgumentException("a wallet that is enabled, for the faucet to take from");
        }
        options(mints, insecureHttp);
    }

    /** How the wallet is to behave. */
    public WalletOptions options() {
        return options(mints, insecureHttp);
    }

    private static WalletOptions options(List<String> mints, boolean insecureHttp) {
        List<TrustedMint> trusted = mints.stream().map(TrustedMint::parse).toList();
        if (new HashSet<>(trusted.stream().map(TrustedMint::url).toList()).size() != trusted.size()) {
            throw new IllegalArgumentException("each mint once");
        }
        WalletOptions usual = WalletOptions.of(List.of());
        return new WalletOptions(
                trusted,
                usual.units(),
                insecureHttp,
                usual.keyRotation(),
                usual.lookupInterval(),
                usual.requestTimeout(),
                usual.consolidation());
    }

    /** The key, if there is one. */
    public Optional<Bytes> key() {
        return lockingKey.map(Bytes::fromHex);
    }
}
