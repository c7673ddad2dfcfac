package org.ehashpool.pool.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.server.ServerEffect.BlockFound;
import org.ehashpool.pool.template.ProviderTemplates.Template;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.type.U64;

/**
 * From the pool's names of templates back to the providers and their own names, which change with every connection. The
 * latest of each provider are kept. Noted on one thread, asked from any.
 */
final class IssuedTemplates {
    static final int KEPT_OF_A_PROVIDER = 256;

    private final ConcurrentMap<Long, Issued> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<NewTemplate, List<Issued>> byContent = new ConcurrentHashMap<>();
    private final Map<Integer, ArrayDeque<Issued>> byProvider = new ConcurrentHashMap<>();

    /** One connection to a provider. */
    interface Outlet {
        /** The provider, as HOST:PORT. */
        String provider();

        /** Whether what is sent has a chance to arrive. */
        boolean isOpen();

        /** Sends, from any thread. */
        void send(TemplateDistribution.FromClient message);
    }

    /**
     * A template and the connection that it came from.
     *
     * @param id the pool's name
     * @param originalId the provider's name on that connection
     * @param content what is in it
     */
    record Issued(@U64 long id, @U64 long originalId, NewTemplate content, Outlet outlet) {}

    void add(int provider, Template template, Outlet outlet) {
        Issued issued = new Issued(template.id(), template.originalId(), template.content(), outlet);
        byId.put(issued.id(), issued);
        byContent.merge(issued.content(), List.of(issued), IssuedTemplates::joined);
        ArrayDeque<Issued> latest = byProvider.computeIfAbsent(provider, none -> new ArrayDeque<>());
        latest.addLast(issued);
        if (latest.size() > KEPT_OF_A_PROVIDER) {
            forget(latest.removeFirst());
        }
    }

    private static List<Issued> joined(List<Issued> first, List<Issued> second) {
        List<Issued> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private void forget(Issued issued) {
        byId.remove(issued.id());
        byContent.computeIfPresent(issued.content(), (content, same) -> {
            List<Issued> rest = same.stream().filter(one -> !one.equals(issued)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    Optional<Issued> find(@U64 long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Who knows a template now: the one that issued it first, each connection once, by its latest name. */
    List<Issued> knownBy(@U64 long id) {
        Issued issuer = byId.get(id);
        if (issuer == null) {
            return List.of();
        }
        List<Issued> ways = new ArrayList<>(2);
        if (issuer.outlet().isOpen()) {
            ways.add(issuer);
        }
        List<Issued> same = byContent.getOrDefault(issuer.content(), List.of());
        for (int i = same.size() - 1; i >= 0; i--) {
            Issued other = same.get(i);
            if (other.outlet().isOpen()
                    && ways.stream().noneMatch(way -> way.outlet().equals(other.outlet()))) {
                ways.add(other);
            }
        }
        return ways;
    }

    /** Sends a solution to all who know its template; their names. */
    List<String> submit(BlockFound block, JobOrigin.Template origin) {
        List<String> names = new ArrayList<>(2);
        for (Issued way : knownBy(origin.templateId())) {
            way.outlet().send(block.solution(new JobOrigin.Template(way.originalId())));
            names.add(way.outlet().provider());
        }
        return names;
    }

    int size() {
        return byId.size();
    }
}
