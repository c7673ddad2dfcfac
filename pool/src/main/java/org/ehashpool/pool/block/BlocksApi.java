package org.ehashpool.pool.block;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.http.ApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/blocks?offset=0&limit=50&state=accepted}: the newest first, with {@code total} of those that the filter
 * leaves. Of the latest 1,000; older ones are in their directory.
 */
public final class BlocksApi {
    /** The path. */
    public static final String PATH = "/api/v1/blocks";

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final FoundBlocks blocks;

    /** What the answers are about. */
    public BlocksApi(FoundBlocks blocks) {
        this.blocks = blocks;
    }

    /** Adds the route. */
    public void mount(Router router) {
        router.get(PATH).handler(this::list);
    }

    private void list(RoutingContext request) {
        int offset = number(request, "offset", 0, 0, Integer.MAX_VALUE);
        int limit = number(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Optional<BlockState> state = state(request);
        List<BlockRecord> chosen = blocks.blocks().reversed().stream()
                .filter(block -> state.isEmpty() || block.state() == state.get())
                .toList();
        JsonArray page = new JsonArray();
        chosen.stream().skip(offset).limit(limit).forEach(block -> page.add(block.toJson()));
        request.json(new JsonObject()
                .put("total", chosen.size())
                .put("offset", offset)
                .put("limit", limit)
                .put("blocks", page));
    }

    private static Optional<BlockState> state(RoutingContext request) {
        @Nullable String label = request.request().getParam("state");
        if (label == null) {
            return Optional.empty();
        }
        Optional<BlockState> state = BlockState.of(label);
        if (state.isEmpty()) {
            throw new ApiFailure(400, "invalid-parameter", "no state of a block: " + label);
        }
        return state;
    }

    private static int number(RoutingContext request, String name, int byDefault, int least, int most) {
        @Nullable String text = request.request().getParam(name);
        if (text == null) {
            return byDefault;
        }
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw new ApiFailure(400, "invalid-parameter", name + " is a number from " + least + " to " + most);
        }
        return value;
    }
}
