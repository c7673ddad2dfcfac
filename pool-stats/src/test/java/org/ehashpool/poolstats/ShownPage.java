package org.ehashpool.poolstats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page as a reader has it: the text of its figures and of its tables, without the marks. */
final class ShownPage {
    private static final Pattern FIGURE = Pattern.compile("<div><dt>(.*?)</dt>(.*?)</div>", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("<dd[^>]*>(.*?)</dd>", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("<tr(?: data-key=\"([^\"]*)\")?>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<t([hd])[^>]*>(.*?)</t\\1>", Pattern.DOTALL);
    private static final Pattern REASON =
            Pattern.compile("<li data-key=\"([^\"]*)\">.*?<span data-figure>(.*?)</span>", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("<time datetime=\"([^\"]*)\"[^>]*>.*?</time>", Pattern.DOTALL);

    private final String html;

    ShownPage(String html) {
        this.html = html;
    }

    /** What is shown under each label, the note last; a label that is there twice has a number behind it. */
    Map<String, List<String>> figures() {
        Map<String, List<String>> figures = new LinkedHashMap<>();
        FIGURE.matcher(html).results().forEach(figure -> {
            String label = text(figure.group(1));
            List<String> values = VALUE.matcher(figure.group(2))
                    .results()
                    .map(value -> text(value.group(1)))
                    .toList();
            String name = label;
            for (int again = 2; figures.containsKey(name); again++) {
                name = label + " " + again;
            }
            figures.put(name, values);
        });
        return figures;
    }

    /** The one value or note of a label. */
    String figure(String label, int place) {
        List<String> values = figures().get(label);
        if (values == null || values.size() <= place) {
            throw new AssertionError(label + " is not in " + figures());
        }
        return values.get(place);
    }

    /** The large hashrate above the chart. */
    String now() {
        return Pattern.compile("<p class=\"now\">(.*?)</p>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(found -> text(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hashrate"));
    }

    /** The cells of the row with that key. */
    List<String> row(String key) {
        return ROW.matcher(html)
                .results()
                .filter(row -> key.equals(row.group(1)))
                .map(row -> cells(row.group(2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + key));
    }

    /** The cells of all rows of the table that is called so. */
    List<List<String>> table(String name) {
        int begin = html.indexOf(name);
        if (begin < 0) {
            throw new AssertionError("no table " + name);
        }
        int body = html.indexOf("<tbody>", begin);
        return ROW.matcher(html.substring(body, html.indexOf("</tbody>", body)))
                .results()
                .map(row -> cells(row.group(2)))
                .toList();
    }

    /** Counts by reason. */
    Map<String, Long> reasons() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        REASON.matcher(html).results().forEach(reason -> reasons.put(reason.group(1), number(reason.group(2))));
        return reasons;
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (MatchResult cell : CELL.matcher(row).results().toList()) {
            cells.add(text(cell.group(2)));
        }
        return cells;
    }

    /** Without marks; times as their instants. */
    private static String text(String marked) {
        return TIME.matcher(marked)
                .replaceAll("$1")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static List<String> words(String shown) {
        return Pattern.compile(" ").splitAsStream(shown.strip()).toList();
    }

    /** A whole number, as shown. */
    static long number(String shown) {
        return Long.parseLong(words(shown).getFirst().replace(",", ""));
    }

    /** Of a thousand: 5 for {@code PH/s}, 2 for a difficulty's {@code M}, 0 for {@code H/s} and {@code %}. */
    private static int power(String unit) {
        return Math.max(0, "_kMGTPEZY".indexOf(unit.charAt(0)));
    }

    /**
     * Whether a hashrate, a percentage, a difficulty or a rate is what that value is shown as.
     *
     * @param shown for instance {@code 12.3 PH/s}, {@code 4.56 %}, {@code 149 M}, {@code 0.12}
     */
    static boolean standsFor(String shown, double value) {
        List<String> words = words(shown);
        String number = words.getFirst().replace(",", "");
        int point = number.indexOf('.');
        double last = point < 0 ? 1 : Math.pow(10, -(number.length() - point - 1.0));
        double scale = words.size() > 1 ? Math.pow(1000, power(words.get(1))) : 1;
        return Math.abs(Double.parseDouble(number) - value / scale) <= last * 0.5000001;
    }
}
