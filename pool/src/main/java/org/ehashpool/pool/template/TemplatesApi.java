package org.ehashpool.pool.template;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.Optional;
import org.ehashpool.pool.template.FeedStatus.ProviderStatus;
import org.ehashpool.pool.template.FeedStatus.Tip;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/templates}. Times are epoch milliseconds. */
public final class TemplatesApi {
    /** The path. */
    public static final String PATH = "/api/v1/templates";

    private final TemplateProviders templates;

    /** What the answers are about. */
    public TemplatesApi(TemplateProviders templates) {
        this.templates = templates;
    }

    /** Adds the route. */
    public void mount(Router router) {
        router.get(PATH).handler(request -> request.json(templates.state()));
    }

    /** The answer. */
    static JsonObject json(FeedStatus status) {
        JsonArray providers = new JsonArray();
        status.providers().forEach(provider -> providers.add(json(provider)));
        return new JsonObject()
                .put(
                        "active",
                        status.active().isPresent()
                                ? status.providers()
                                        .get(status.active().getAsInt())
                                        .name()
                                : null)
                .put("last_template_at", millis(status.lastTemplate()))
                .put("switches", status.switches())
                .put(
                        "transactions",
                        new JsonObject()
                                .put("templates", status.transactionTemplates())
                                .put("bytes", status.transactionBytes()))
                .put("providers", providers);
    }

    private static JsonObject json(ProviderStatus provider) {
        return new JsonObject()
                .put("address", provider.name())
                .put("authenticated", provider.authenticated())
                .put("state", provider.state().label())
                .put("last_failure", provider.lastFailure().isEmpty() ? null : provider.lastFailure())
                .put(
                        "previous_hash",
                        provider.tip().map(tip -> tip.hash().toHex()).orElse(null))
                .put("height", provider.tip().map(Tip::height).orElse(null))
                .put(
                        "network_difficulty",
                        provider.tip().flatMap(Tip::difficulty).orElse(null))
                .put(
                        "template_id",
                        provider.templateId().map(Long::toUnsignedString).orElse(null))
                .put("last_template_at", millis(provider.lastTemplate()))
                .put("templates_received", provider.templates())
                .put("faults", provider.lies())
                .put("tip_lag_ms", provider.tipLagMillis().orElse(null));
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }
}
