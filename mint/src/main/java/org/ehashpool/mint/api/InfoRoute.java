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
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.invoice.InvoiceWriter;
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
    private final MintProfile profile;
    private final String version;
    private final InstantSource clock;

    InfoRoute(Supplier<Mint> mint, InfoConfig info, MintProfile profile, String version, InstantSource clock) {
        this.mint = mint;
        this.info = info;
        this.profile = profile;
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
        nuts.set("4", minting());
        nuts.set("5", melting());
        PLAIN.forEach(number -> nuts.putObject(number.toString()).put("supported", true));
        if (hasInvoices()) {
            nuts.putObject("8").put("supported", true);
        }
        ArrayNode subscriptions = nuts.putObject("17").putArray("supported");
        profile.units().forEach(unit -> {
            ArrayNode commands = method(subscriptions, unit).putArray("commands");
            commands.add(profile.method() + "_mint_quote").add("proof_state");
            if (hasInvoices()) {
                commands.add(profile.method() + "_melt_quote");
            }
        });
        nuts.set("19", cached());
        ObjectNode batches = nuts.putObject("29");
        batches.put("max_batch_size", mint.get().limits().quotes());
        batches.putArray("methods").add(profile.method());
        return nuts;
    }

    private ObjectNode minting() {
        ObjectNode minting = JsonNodeFactory.instance.objectNode();
        ArrayNode methods = minting.putArray("methods");
        profile.units().forEach(unit -> {
            ObjectNode method = method(methods, unit);
            if (hasInvoices()) {
                limits(method).putObject("options").put("description", true);
            }
        });
        return minting.put("disabled", false);
    }

    private ObjectNode melting() {
        ObjectNode melting = JsonNodeFactory.instance.objectNode();
        ArrayNode methods = melting.putArray("methods");
        if (hasInvoices()) {
            profile.units()
                    .forEach(unit ->
                            limits(method(methods, unit)).putObject("options").put("amountless", false));
        }
        return melting.put("disabled", !hasInvoices());
    }

    private ObjectNode method(ArrayNode methods, String unit) {
        return methods.addObject().put("method", profile.method()).put("unit", unit);
    }

    private static ObjectNode limits(ObjectNode method) {
        return method.put("min_amount", 1).put("max_amount", InvoiceWriter.MOST.toLong());
    }

    private boolean hasInvoices() {
        return switch (profile) {
            case EHASH -> false;
            case TEST -> true;
        };
    }

    /** "ttl … null if the responses are cached indefinitely": they are stored with what they account for. */
    private ObjectNode cached() {
        ObjectNode cached = JsonNodeFactory.instance.objectNode();
        cached.putNull("ttl");
        ArrayNode endpoints = cached.putArray("cached_endpoints");
        cachedPost(endpoints, "/v1/swap");
        cachedPost(endpoints, "/v1/mint/" + profile.method());
        cachedPost(endpoints, "/v1/mint/" + profile.method() + "/batch");
        if (hasInvoices()) {
            cachedPost(endpoints, "/v1/melt/" + profile.method());
        }
        return cached;
    }

    private static void cachedPost(ArrayNode endpoints, String path) {
        endpoints.addObject().put("method", "POST").put("path", path);
    }

    private static void put(ObjectNode node, String name, Optional<String> text) {
        text.ifPresent(value -> node.put(name, value));
    }
}
