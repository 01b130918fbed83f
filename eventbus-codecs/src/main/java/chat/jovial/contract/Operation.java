package chat.jovial.contract;

/**
 * One operation of the catalogue.
 *
 * @param name also its address on the client plane and its path under {@code /api/}
 * @param summary one sentence for app developers
 */
public record Operation<Q extends Request, R extends Reply>(
    String name,
    Service service,
    Access access,
    RateClass rateClass,
    Class<Q> request,
    Class<R> reply,
    String summary) {

  @Override
  public String toString() {
    return name;
  }
}
