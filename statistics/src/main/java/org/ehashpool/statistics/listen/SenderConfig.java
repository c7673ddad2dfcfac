package org.ehashpool.statistics.listen;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.stats.message.StatsMessage;

/** Who may tell. */
public record SenderConfig(
        @Description("The service, like pool; any without it.")
        Optional<String> service,

        @Description("The instance; any without it.") Optional<String> instance,

        @Description("What it shows for it.") Secret token) {

    /** Every token is compared, whichever of them it is. */
    static boolean allows(List<SenderConfig> senders, StatsMessage.Hello hello) {
        return senders.stream()
                        .filter(sender -> sender.token.matches(hello.token()))
                        .filter(sender ->
                                sender.service.map(hello.service()::equals).orElse(true))
                        .filter(sender ->
                                sender.instance.map(hello.instance()::equals).orElse(true))
                        .count()
                > 0;
    }
}
