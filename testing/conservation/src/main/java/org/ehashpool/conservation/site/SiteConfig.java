package org.ehashpool.conservation.site;

import java.nio.file.Path;
import java.util.List;

/**
 * What a site is made of.
 *
 * @param distribution the built programs
 * @param home for all files
 * @param users of whom every hash is a share
 * @param bits the compact target of blocks, in hexadecimal
 * @param fold whether credits of one key may share a quote
 * @param statistics whether the pool's statistics and their database are part of it, instead of a translator
 * @param seed of the nonsense that relays say
 */
public record SiteConfig(
        Path distribution, Path home, List<String> users, String bits, boolean fold, boolean statistics, long seed) {
    public SiteConfig {
        users = List.copyOf(users);
    }
}
