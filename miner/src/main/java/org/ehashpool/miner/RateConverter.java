package org.ehashpool.miner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number per second as people write it: {@code 40000}, {@code 500k}, {@code 2.5M}. */
final class RateConverter implements ITypeConverter<Double> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)([kMGTP]?)");

    @Override
    public Double convert(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected a number like 40000, 500k or 2.5M, not " + text);
        }
        return Double.parseDouble(matcher.group(1))
                * switch (matcher.group(2)) {
                    case "k" -> 1e3;
                    case "M" -> 1e6;
                    case "G" -> 1e9;
                    case "T" -> 1e12;
                    case "P" -> 1e15;
                    default -> 1;
                };
    }
}
