package chat.jovial.contract;

/** An empty reply or request: {@code {}}. */
@WireName("Nothing")
public record Nothing() implements Request, Reply {
  public static final Nothing NOTHING = new Nothing();
}
