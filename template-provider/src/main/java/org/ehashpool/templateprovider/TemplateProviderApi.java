package org.ehashpool.templateprovider;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.ehashpool.kit.http.OpenApi;
import org.ehashpool.templateprovider.block.BlockRecord;
import org.ehashpool.templateprovider.block.BlockSubmitter;
import org.ehashpool.templateprovider.serve.ClientDirectory;
import org.ehashpool.templateprovider.serve.Shelf;
import org.ehashpool.templateprovider.template.ServedTemplate;

/** The HTTP API: what is served, to whom, and what became of blocks. Amounts and template ids are decimal strings. */
final class TemplateProviderApi {
    private static final int SHOWN = 200;

    private final Shelf shelf;
    private final ClientDirectory clients;
    private final BlockSubmitter blocks;

    TemplateProviderApi(Shelf shelf, ClientDirectory clients, BlockSubmitter blocks) {
        this.shelf = shelf;
        this.clients = clients;
        this.blocks = blocks;
    }

    void routes(Router router) {
        router.get("/api/v1/templates").handler(this::templates);
        router.get("/api/v1/clients")
                .handler(context -> context.json(new JsonObject().put("clients", clients.describe())));
        router.get("/api/v1/blocks").handler(this::blocks);
        OpenApi.mount(router, TemplateProviderApi.class);
    }

    private void templates(RoutingContext context) {
        List<ServedTemplate> all = shelf.all().reversed();
        JsonArray shown = new JsonArray();
        all.stream().limit(SHOWN).forEach(template -> shown.add(describe(template)));
        context.json(new JsonObject()
                .put("kept", all.size())
                .put("transaction_bytes", shelf.size())
                .put("templates", shown));
    }

    private static JsonObject describe(ServedTemplate template) {
        return new JsonObject()
                .put("template_id", Long.toUnsignedString(template.id()))
                .put("height", template.draft().height())
                .put(
                        "prev_hash",
                        template.tip().map(tip -> tip.previousHash().toHex()).orElse(null))
                .put("future", template.tip().isEmpty())
                .put("transactions", template.draft().transactions().size())
                .put("transaction_bytes", template.draft().size())
                .put("fees", Long.toString(template.draft().fees()))
                .put("value", Long.toString(template.draft().value()));
    }

    private void blocks(RoutingContext context) {
        JsonArray shown = new JsonArray();
        blocks.records().forEach(block -> shown.add(describe(block)));
        context.json(new JsonObject().put("blocks", shown));
    }

    private static JsonObject describe(BlockRecord block) {
        return new JsonObject()
                .put("hash", block.hash().toHex())
                .put("height", block.height())
                .put("template_id", Long.toUnsignedString(block.templateId()))
                .put("found_at", block.foundAt().toEpochMilli())
                .put("outcome", block.outcome().label())
                .put("words", block.words())
                .put("attempts", block.attempts());
    }
}
