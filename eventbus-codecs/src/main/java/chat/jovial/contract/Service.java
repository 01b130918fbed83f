package chat.jovial.contract;

/** The services, and the bus address at which each is asked. */
public enum Service {
  EDGE("jovial.edge"),
  UMS("jovial.ums"),
  MDS("jovial.mds"),
  MSS("jovial.mss"),
  FSS("jovial.fss");

  private final String address;

  Service(String address) {
    this.address = address;
  }

  public String address() {
    return address;
  }
}
