package org.ehashpool.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;

/**
 * A browser's window.
 *
 * @param name of its pictures
 * @param width in CSS pixels, as the height
 * @param scheme what the system prefers
 */
public record Window(String name, int width, int height, ColorScheme scheme) {
    public static final Window DESKTOP = new Window("desktop-light", 1280, 800, ColorScheme.LIGHT);

    /**
     * What every page has to be fit for: both sizes and both schemes, each once, since neither has to do with the other;
     * all four where pictures are wanted.
     */
    public static final List<Window> ALL = Stream.of(
                    DESKTOP,
                    new Window("desktop-dark", 1280, 800, ColorScheme.DARK),
                    new Window("phone-light", 360, 740, ColorScheme.LIGHT),
                    new Window("phone-dark", 360, 740, ColorScheme.DARK))
            .filter(window -> System.getProperty("screenshots") != null
                    || (window.width() < 700) == (window.scheme() == ColorScheme.DARK))
            .toList();
}
