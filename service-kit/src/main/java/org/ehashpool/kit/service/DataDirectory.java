package org.ehashpool.kit.service;

import java.nio.file.Path;
import java.util.Map;

/** Where services keep what outlives them, unless their configuration says otherwise. */
public final class DataDirectory {
    private DataDirectory() {}

    /**
     * {@code $EHASH_HOME}, or {@code ~/.local/share/ehash}.
     *
     * @param environment for EHASH_HOME
     */
    public static Path base(Map<String, String> environment, Path userHome) {
        String home = environment.getOrDefault("EHASH_HOME", "");
        return home.isBlank() ? userHome.resolve(".local/share/ehash") : Path.of(home);
    }

    /** {@link #base} as this process's environment has it. */
    public static Path base() {
        return base(System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
