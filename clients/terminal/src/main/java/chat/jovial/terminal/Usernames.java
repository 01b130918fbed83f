package chat.jovial.terminal;

import chat.jovial.client.JovialClient;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * Directory of usernames by user id, kept in the profile's folder so that they are known offline
 * too. Any thread.
 */
final class Usernames {
  /** What {@code ums.users.find} takes. */
  private static final int MAX_IDS = 100;

  private final Path file;
  private final Properties names = new Properties();

  Usernames(Path folder) {
    file = folder.resolve("names");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        names.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("The names in " + file + " cannot be read.", e);
      }
    }
  }

  /** A name to show: the id itself if none is known. */
  String of(String userId) {
    return names.getProperty(userId, userId);
  }

  boolean knows(String userId) {
    return names.containsKey(userId);
  }

  Optional<String> idOf(String name) {
    return names.stringPropertyNames().stream()
        .filter(id -> names.getProperty(id).equalsIgnoreCase(name) || id.equals(name))
        .findFirst();
  }

  void put(String userId, String name) {
    if (!name.equals(names.setProperty(userId, name))) {
      save();
    }
  }

  /** The user's id: known, or found on the server; empty if there is none of that name. */
  CompletableFuture<Optional<String>> find(JovialClient client, String name) {
    Optional<String> known = idOf(name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known)
        : client
            .request("ums.users.find", Map.of("username", name))
            .thenApply(
                reply -> {
                  take(reply);
                  return idOf(name);
                });
  }

  /** Asks for the names of those that are not known yet. */
  CompletableFuture<Void> learn(JovialClient client, Collection<String> userIds) {
    List<String> unknown =
        userIds.stream().filter(id -> !knows(id)).distinct().limit(MAX_IDS).toList();
    return unknown.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : client
            .request("ums.users.find", Map.of("user_ids", unknown, "limit", MAX_IDS))
            .thenAccept(this::take);
  }

  private void take(Map<String, Object> reply) {
    if (reply.get("users") instanceof List<?> users) {
      for (Object each : users) {
        if (each instanceof Map<?, ?> user
            && user.get("user_id") instanceof String id
            && user.get("username") instanceof String name) {
          put(id, name);
        }
      }
    }
  }

  private synchronized void save() {
    try (Writer out = Files.newBufferedWriter(file)) {
      names.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException("The names in " + file + " cannot be written.", e);
    }
  }
}
