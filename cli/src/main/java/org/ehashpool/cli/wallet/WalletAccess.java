package org.ehashpool.cli.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.ehashpool.cli.audit.ClaimsFile;

/** What can be asked of a wallet, wherever it is. Answers are those of the wallet's HTTP API. */
interface WalletAccess extends ClaimsFile.Pages, AutoCloseable {

    JsonNode balance();

    JsonNode history(Optional<String> after);

    JsonNode send(String amount, String unit, Optional<String> mint, Optional<String> idempotencyKey);

    JsonNode reclaim(String send);

    JsonNode receive(String token);

    @Override
    void close();
}
