package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The account that PostgreSQL's processes run as: it refuses to be root. */
sealed interface ServerAccount {

    /** What to put before a command, so that it runs as this account. */
    List<String> commandPrefix();

    /** Gives a file or directory, with everything in it, to this account. */
    void own(Path path) throws IOException;

    /** This process's own account. */
    record Same() implements ServerAccount {
        @Override
        public List<String> commandPrefix() {
            return List.of();
        }

        @Override
        public void own(Path path) {
            // Already its own.
        }
    }

    /** Another system account, to which root changes. */
    record Other(int user, int group) implements ServerAccount {
        @Override
        public List<String> commandPrefix() {
            return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
        }

        @Override
        public void own(Path path) throws IOException {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(path)) {
                all = walk.toList();
            }
            for (Path each : all) {
                Files.setAttribute(each, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            }
        }

        private boolean canEnter(ServerDirectory directory) throws InterruptedException {
            return succeeds(Programs.command(
                    commandPrefix(), "test", List.of("-x", directory.root().toString())));
        }
    }

    /**
     * Root without its privileges: a new user namespace in which this account has no name and no capability. Files
     * stay root's own, so that this works below a home directory that no other account may enter.
     */
    record Unprivileged() implements ServerAccount {
        @Override
        public List<String> commandPrefix() {
            return List.of("unshare", "--user", "--");
        }

        @Override
        public void own(Path path) {
            // The same owner, seen from a namespace in which it is not root.
        }
    }

    /** The account for a directory: see the package about root. */
    static ServerAccount choose(ServerDirectory directory) throws IOException, InterruptedException {
        if (idOf(List.of("id", "-u")).orElse(-1) != 0) {
            return new Same();
        }
        if (directory.hasData()) {
            int owner = (Integer) Files.getAttribute(directory.data(), "unix:uid");
            int group = (Integer) Files.getAttribute(directory.data(), "unix:gid");
            if (owner == 0) {
                return unprivileged(directory);
            }
            Other account = new Other(owner, group);
            if (!account.canEnter(directory)) {
                throw new EmbeddedPostgresException("the data in " + directory.data() + " belong to user id " + owner
                        + ", which may not pass a directory above them: allow that (chmod o+x), or move the data");
            }
            return account;
        }
        Optional<Integer> user = idOf(List.of("id", "-u", "postgres"));
        Optional<Integer> group = idOf(List.of("id", "-g", "postgres"));
        if (user.isPresent() && group.isPresent()) {
            Other account = new Other(user.get(), group.get());
            if (account.canEnter(directory)) {
                return account;
            }
        }
        return unprivileged(directory);
    }

    private static Unprivileged unprivileged(ServerDirectory directory) throws IOException, InterruptedException {
        Unprivileged account = new Unprivileged();
        if (!succeeds(Programs.command(account.commandPrefix(), "true", List.of()))) {
            throw new EmbeddedPostgresException("PostgreSQL does not run as root, this system allows no user namespace,"
                    + " and no system account \"postgres\" that can enter " + directory.root() + " was found: start the"
                    + " service as an ordinary user, add that account, or configure the URL of a database");
        }
        return account;
    }

    private static Optional<Integer> idOf(List<String> command) throws IOException, InterruptedException {
        ProgramResult result = Programs.run(command, "", Duration.ofSeconds(10));
        return result.succeeded() && result.output().matches("\\d{1,9}")
                ? Optional.of(Integer.valueOf(result.output()))
                : Optional.empty();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return Programs.run(command, "", Duration.ofSeconds(10)).succeeded();
        } catch (IOException e) {
            // No such program on this system.
            return false;
        }
    }
}
