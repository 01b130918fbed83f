package chat.jovial.edge.operations;

import org.jspecify.annotations.Nullable;

/** Bearer token in an {@code Authorization} header (RFC 6750). */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** Null if there is no header, or it has something else. */
  public static @Nullable String of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? authorization.substring(SCHEME.length()).strip()
        : null;
  }
}
