package org.ehashpool.statistics.web;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.statistics.earnings.EarningsLookup;
import org.ehashpool.statistics.wallet.WalletActions;

/**
 * The pages of a service.
 *
 * @param name in every page's head
 * @param pages those in the navigation in their order; the first is at {@code /}
 * @param earnings what {@code /earnings} shows; there is no such page without it
 * @param wallet what {@code /wallet/…} acts on; there are no such pages without it
 */
public record Site(String name, List<PageKind> pages, Optional<Earned> earnings, Optional<Wallet> wallet) {
    public Site {
        pages = List.copyOf(pages);
    }

    /**
     * Where it is asked what keys earned.
     *
     * @param addresses who asks: each may ask for only so much
     */
    public record Earned(EarningsLookup lookup, ClientAddresses addresses) {}

    /**
     * A wallet to act with.
     *
     * @param token whoever has it may act; nobody may without it
     * @param addresses who tries to sign in: each may try only so often
     */
    public record Wallet(
            WalletActions actions, Optional<Secret> token, ClientAddresses addresses, SecureRandom random) {}

    /** Those in the navigation. */
    public List<PageKind> navigation() {
        return pages.stream().filter(page -> !page.label().isEmpty()).toList();
    }
}
