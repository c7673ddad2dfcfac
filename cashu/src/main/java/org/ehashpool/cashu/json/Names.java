package org.ehashpool.cashu.json;

import java.util.Arrays;

/** Constants that are written by their names. */
final class Names {
    private Names() {}

    static <E extends Enum<E>> E read(Class<E> type, JsonValue value) {
        String name = value.text(Values.SHORT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> value.problem("one of " + Arrays.toString(type.getEnumConstants()) + " is expected"));
    }
}
