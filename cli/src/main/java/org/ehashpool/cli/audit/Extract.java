package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** An extract, read page by page as it is needed. */
final class Extract<T extends Extracted> implements Iterator<T> {
    private final Function<Optional<ShareHash>, JsonNode> pages;
    private final Function<JsonNode, T> line;
    private final Deque<T> read = new ArrayDeque<>();
    private Optional<ShareHash> last = Optional.empty();
    private boolean ended;

    /**
     * Reads nothing yet.
     *
     * @param pages the array of lines that follow a share hash, or of the first ones
     */
    Extract(Function<Optional<ShareHash>, JsonNode> pages, Function<JsonNode, T> line) {
        this.pages = pages;
        this.line = line;
    }

    @Override
    public boolean hasNext() {
        if (read.isEmpty() && !ended) {
            for (JsonNode node : pages.apply(last)) {
                add(line.apply(node));
            }
            ended = read.isEmpty();
        }
        return !read.isEmpty();
    }

    private void add(T next) {
        if (last.isPresent() && last.get().compareTo(next.shareHash()) >= 0) {
            throw new IllegalStateException(
                    "an extract is out of order at share " + next.shareHash().text());
        }
        last = Optional.of(next.shareHash());
        read.add(next);
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }
}
