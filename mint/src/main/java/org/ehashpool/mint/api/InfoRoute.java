package org.ehashpool.mint.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.lookup.QuoteLookup;

/**
 * What the mint is and can do.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/06.md">NUT-06</a>
 */
final class InfoRoute {

    /** NUTs that need no settings. */
    private static final List<Integer> PLAIN = List.of(7, 9, 10, 11, 12, 14, 20);

    private final Supplier<Mint> mint;
    private final InfoConfig info;
    private final Map<String, List<String>> unitsByMethod;
    private final String version;
    private final InstantSource clock;

    /**
     * The mint's self-portrait.
     *
     * @param unitsByMethod what can be minted
     */
    InfoRoute(
            Supplier<Mint> mint,
            InfoConfig info,
            Map<String, List<String>> unitsByMethod,
            String version,
            InstantSource clock) {
        this.mint = mint;
        this.info = info;
        this.unitsByMethod = Map.copyOf(unitsByMethod);
        this.version = version;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/v1/info").handler(context -> Answers.ok(context, JsonText.write(answer())));
    }

    private JsonNode answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("name", info.name());
        answer.put("pubkey", mint.get().publicKey().toString());
        answer.put("version", "ehashpool/" + version);
        answer.put("description", info.description());
        put(answer, "description_long", info.descriptionLong());
        ArrayNode contacts = answer.putArray("contact");
        info.contact().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(contact ->
                        contacts.addObject().put("method", contact.getKey()).put("info", contact.getValue()));
        put(answer, "motd", info.motd());
        put(answer, "icon_url", info.iconUrl().map(Object::toString));
        ArrayNode urls = answer.putArray("urls");
        info.urls().forEach(url -> urls.add(url.toString()));
        put(answer, "tos_url", info.tosUrl().map(Object::toString));
        answer.put("time", clock.instant().getEpochSecond());
        answer.set("nuts", nuts());
        // Not below "nuts", where some wallets take only numbers for names: the draft has none yet.
        answer.putObject("quote_lookup")
                .put("draft", "https://github.com/cashubtc/nuts/pull/341")
                .put("path", "/v1/mint/quote/{method}/pubkey")
                .put("max_pubkeys", QuoteLookup.MAXIMUM_KEYS)
                .put("max_limit", QuoteLookup.MAXIMUM_PAGE);
        return answer;
    }

    private ObjectNode nuts() {
        ObjectNode nuts = JsonNodeFactory.instance.objectNode();
        ObjectNode minting = nuts.putObject("4");
        ArrayNode methods = minting.putArray("methods");
        each((method, unit) -> methods.addObject().put("method", method).put("unit", unit));
        minting.put("disabled", false);
        ObjectNode melting = nuts.putObject("5");
        melting.putArray("methods");
        melting.put("disabled", true);
        PLAIN.forEach(number -> nuts.putObject(number.toString()).put("supported", true));
        ArrayNode subscriptions = nuts.putObject("17").putArray("supported");
        each((method, unit) -> subscriptions
                .addObject()
                .put("method", method)
                .put("unit", unit)
                .putArray("commands")
                .add(method + "_mint_quote")
                .add("proof_state"));
        nuts.set("19", cached());
        ObjectNode batches = nuts.putObject("29");
        batches.put("max_batch_size", mint.get().limits().quotes());
        ArrayNode batchMethods = batches.putArray("methods");
        unitsByMethod.keySet().stream().sorted().forEach(batchMethods::add);
        return nuts;
    }

    /** "ttl … null if the responses are cached indefinitely": they are stored with what they account for. */
    private ObjectNode cached() {
        ObjectNode cached = JsonNodeFactory.instance.objectNode();
        cached.putNull("ttl");
        ArrayNode endpoints = cached.putArray("cached_endpoints");
        endpoints.addObject().put("method", "POST").put("path", "/v1/swap");
        unitsByMethod.keySet().stream().sorted().forEach(method -> {
            endpoints.addObject().put("method", "POST").put("path", "/v1/mint/" + method);
            endpoints.addObject().put("method", "POST").put("path", "/v1/mint/" + method + "/batch");
        });
        return cached;
    }

    private interface EachMethod {
        void of(String method, String unit);
    }

    private void each(EachMethod action) {
        unitsByMethod.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> entry.getValue().forEach(unit -> action.of(entry.getKey(), unit)));
    }

    private static void put(ObjectNode node, String name, Optional<String> text) {
        text.ifPresent(value -> node.put(name, value));
    }
}
