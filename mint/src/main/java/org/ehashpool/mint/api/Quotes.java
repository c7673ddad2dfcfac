package org.ehashpool.mint.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;

/** NUT-29's answer about many quotes: an array, in the order of the request. */
record Quotes(List<QuoteAnswer> quotes) implements Message {
    Quotes {
        quotes = List.copyOf(quotes);
    }

    @Override
    public JsonNode toJson() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(quotes.size());
        quotes.forEach(quote -> array.add(quote.toJson()));
        return array;
    }
}
