package org.ehashpool.cli.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.ehashpool.cli.management.ManagementPort;
import org.ehashpool.kit.config.Secret;

/** The wallet of a running translator. */
final class RemoteWallet implements WalletAccess {

    private final ManagementPort port;

    RemoteWallet(URI base, Secret token) {
        port = new ManagementPort("translator", base, token, ": is its wallet enabled?");
    }

    @Override
    public JsonNode balance() {
        return port.get("/api/v1/wallet");
    }

    @Override
    public JsonNode history(Optional<String> after) {
        String path = "/api/v1/wallet/history" + after.map(id -> "?after=" + id).orElse("");
        return port.get(path);
    }

    @Override
    public JsonNode send(String amount, String unit, Optional<String> mint, Optional<String> idempotencyKey) {
        ObjectNode body = ManagementPort.object().put("amount", amount).put("unit", unit);
        mint.ifPresent(url -> body.put("mint", url));
        idempotencyKey.ifPresent(key -> body.put("idempotency_key", key));
        return port.post("/api/v1/wallet/send", body);
    }

    @Override
    public JsonNode reclaim(String send) {
        return port.post("/api/v1/wallet/send/" + send + "/reclaim", ManagementPort.object());
    }

    @Override
    public JsonNode receive(String text) {
        return port.post("/api/v1/wallet/receive", ManagementPort.object().put("token", text));
    }

    @Override
    public JsonNode keys() {
        return port.get("/api/v1/wallet/audit/keys");
    }

    @Override
    public JsonNode claims(String mint, Optional<String> after) {
        return port.get("/api/v1/wallet/audit/claims?mint=" + mint
                + after.map(hash -> "&after=" + hash).orElse(""));
    }

    @Override
    public void close() {
        port.close();
    }
}
