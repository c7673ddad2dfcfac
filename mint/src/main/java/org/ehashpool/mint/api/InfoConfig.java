package org.ehashpool.mint.api;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;

/** What the operator tells wallets of the mint, in {@code /v1/info}. */
public record InfoConfig(
        @Description("The mint's name.") @Default("ehash mint")
        String name,

        @Description("One line about it.") @Default("Pays miners in ehash, which cannot yet be exchanged for bitcoin.")
        String description,

        @Description("More about it.") Optional<String> descriptionLong,

        @Description("A message to all users, shown by wallets.")
        Optional<String> motd,

        @Description("Where its icon is.") Optional<URI> iconUrl,

        @Description("Where its terms are.") Optional<URI> tosUrl,

        @Description("Where wallets reach it: https://mint.example.") @Default("[]")
        List<URI> urls,

        @Description("How to reach the operator, by method: { email = 'me@mint.example' }.") @Default("{}")
        Map<String, String> contact) {

    private static final int LONGEST = 8192;

    public InfoConfig {
        urls = List.copyOf(urls);
        contact = Map.copyOf(contact);
        if (name.length() > LONGEST
                || description.length() > LONGEST
                || descriptionLong.map(String::length).orElse(0) > LONGEST
                || motd.map(String::length).orElse(0) > LONGEST) {
            throw new IllegalArgumentException("texts of at most " + LONGEST + " characters");
        }
    }
}
