package chat.jovial.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.stores.StoresExtension;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files between two real browser windows on a whole server with its stores. */
class WebAppFilesIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  /** Several megabytes over a slow network, on a machine that does other things, too. */
  static final double PATIENCE_MS = 120_000;

  private static final String PASSWORD = "correct horse battery";

  /** At this many bytes a second, a film of so many takes long enough to be interrupted. */
  private static final int SLOW = 1_000_000;

  private static final int FILM_BYTES = 12_000_001;
  private static final int SOUND_SECONDS = 60;

  @TempDir static Path folder;

  private static RunningServer server;
  private static Chromium chromium;

  /** Between Ada and the server. */
  private SlowNetwork network;

  private ChatWindow ada;
  private ChatWindow grace;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    chromium = Chromium.start();
    server = RunningServer.start(STORES, folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    chromium.close();
    server.stop();
  }

  @BeforeEach
  void two_people_chat() {
    network = new SlowNetwork(server.address());
    ada = ChatWindow.open(chromium, network.address());
    ada.createApp("Team Jupiter");
    ada.keepSecret();
    ada.register("ada", PASSWORD);
    ada.seesNotice("It takes two to chat");
    String invitation = ada.copyInvitation().replace(network.address(), server.address());
    grace = ChatWindow.open(chromium, invitation);
    grace.register("grace", PASSWORD);
    grace.seesNotice("It takes two to chat");
    ada.find("grace", "grace");
    ada.write("Look at this");
    grace.choose("ada");
    grace.sees("Look at this");
  }

  @AfterEach
  void no_window_complains() {
    List<String> problems = List.copyOf(ada.problems());
    List<String> otherProblems = List.copyOf(grace.problems());
    ada.close();
    grace.close();
    network.close();
    assertThat(problems).isEmpty();
    assertThat(otherProblems).isEmpty();
  }

  @Test
  void dropped_pasted_and_chosen_files_arrive_as_pictures_and_cards() throws IOException {
    FilesInWindow files = ada.files();
    files.drop("jupiter.png", "image/png", picture(900, 600));
    files.seesChip("jupiter.png");
    files.paste("saturn.png", "image/png", picture(500, 900));
    files.seesChip("saturn.png");
    byte[] report = "a report, and no picture".getBytes(StandardCharsets.UTF_8);
    files.choose(
        new FilePayload("report.txt", "text/plain", report),
        new FilePayload("wrong.txt", "text/plain", report));
    files.seesChip("report.txt");
    files.removeChip("wrong.txt");
    ada.screenshot("files-chips-light", 1280, 800, ColorScheme.LIGHT);
    ada.write("Seen through the 8-inch tonight");
    ada.seesStored("Seen through the 8-inch tonight");

    FilesInWindow got = grace.files();
    got.seesPicture("jupiter.png");
    got.seesPicture("saturn.png");
    grace.sees("report.txt");
    assertThat(got.save("report.txt")).isEqualTo(report);
    grace.screenshot("files-light", 1280, 800, ColorScheme.LIGHT);
    grace.screenshot("files-dark", 1280, 800, ColorScheme.DARK);
    grace.screenshot("files-phone", 390, 844, ColorScheme.LIGHT);
    got.lookAt("jupiter.png");
    got.press("ArrowRight");
    got.seesLarge("saturn.png");
    grace.screenshot("files-viewer", 1280, 800, ColorScheme.LIGHT);
    got.press("ArrowLeft");
    got.seesLarge("jupiter.png");
    got.press("Escape");
    grace.write("Splendid");
    ada.sees("Splendid");
  }

  @Test
  void a_picture_is_asked_for_again_also_after_another_could_not_be_had() throws IOException {
    ada.files().drop("jupiter.png", "image/png", picture(900, 600));
    ada.files().drop("saturn.png", "image/png", picture(500, 900));
    ada.write("Two of them");
    FilesInWindow got = grace.files();
    got.seesPicture("jupiter.png");
    got.seesPicture("saturn.png");
    got.failNext(2);
    got.open("jupiter.png");
    got.seesNothingLarge();
    got.press("Escape");

    got.failNext(1);
    got.lookAt("saturn.png");
  }

  @Test
  void a_film_goes_on_after_the_network_was_away_and_after_a_reload() throws IOException {
    byte[] bytes = film(1);
    Path film = Files.write(folder.resolve("film.bin"), bytes);
    FilesInWindow files = ada.files();
    network.slowDown(SLOW);
    files.choose(film);
    files.seesChip("film.bin");
    ada.write("The film");
    ada.write("written afterwards");
    files.awaitSent(0.1);
    ada.screenshot("files-sending-light", 1280, 800, ColorScheme.LIGHT);
    ada.screenshot("files-sending-phone-dark", 390, 844, ColorScheme.DARK);
    network.cut();
    files.seesUpload("Waiting");
    ada.seesSending("written afterwards");
    network.mend();
    files.seesUpload("Sending");
    files.awaitSent(0.6);
    files.click("Pause sending film.bin");
    files.seesUpload("Paused");
    grace.sees("written afterwards");
    ada.reload();
    files.seesUpload("Paused");
    network.slowDown(0);
    files.click("Resume sending film.bin");
    files.seesNoUpload();

    grace.sees("The film");
    assertThat(grace.files().save("film.bin")).isEqualTo(bytes);
    assertThat(files.requests("POST")).as("uploads begun").isEqualTo(1);
    assertThat(files.requests("PATCH")).as("connections that brought bytes").isBetween(3L, 8L);
    assertThat(grace.texts()).hasSize(3);
  }

  @Test
  void files_chosen_offline_are_sent_later_and_cancelled_ones_are_not() throws IOException {
    FilesInWindow files = ada.files();
    ada.isKeptOffline();
    network.cut();
    files.choose(
        new FilePayload("moon.png", "image/png", picture(640, 480)),
        new FilePayload("secret.png", "image/png", picture(64, 48)));
    files.seesChip("secret.png");
    ada.write("Both of them");
    files.seesUpload("Waiting");
    files.click("Cancel sending secret.png");
    network.mend();
    grace.files().seesPicture("moon.png");
    grace.write("Only one?");
    ada.sees("Only one?");
    files.seesNoUpload();
    assertThat(grace.texts()).hasSize(3);
  }

  @Test
  void a_file_of_one_tab_goes_up_in_the_other_and_on_when_that_is_closed() throws IOException {
    byte[] bytes = film(3);
    Path film = Files.write(folder.resolve("short.bin"), bytes);
    FilesInWindow sending = ada.files();
    network.slowDown(SLOW);
    ChatWindow second = ada.anotherTab();
    second.sees("Look at this");
    FilesInWindow files = second.files();
    files.choose(film);
    files.seesChip("short.bin");
    second.write("From the second tab");
    files.awaitSent(0.2);
    assertThat(sending.requests("PATCH")).isEqualTo(1);
    assertThat(files.requests("PATCH")).isZero();
    ada.closeTab();
    network.slowDown(0);
    grace.sees("From the second tab");
    assertThat(grace.files().save("short.bin")).isEqualTo(bytes);
    assertThat(files.requests("PATCH")).isPositive();
    assertThat(files.requests("POST")).isZero();
    assertThat(second.problems()).isEmpty();
  }

  @Test
  void what_is_too_large_is_told_before_it_goes_up() throws IOException {
    FilesInWindow files = ada.files();
    files.limit(1_000);
    files.choose(new FilePayload("moon.png", "image/png", picture(640, 480)));
    ada.seesNotice("is too large");
    assertThat(files.requests("POST")).isZero();
  }

  @Test
  void a_voice_note_is_recorded_sent_and_played() {
    ada.files().record(2);
    ada.files().seesNoUpload();
    grace.files().playsVoice();
    grace.screenshot("files-voice-light", 1280, 800, ColorScheme.LIGHT);
    ada.screenshot("files-voice-phone-dark", 390, 844, ColorScheme.DARK);
  }

  @Test
  void a_player_seeks_without_loading_all_that_is_before() {
    ada.files().choose(new FilePayload("waves.wav", "audio/wav", sound()));
    ada.files().seesChip("waves.wav");
    ada.write("Waves");
    grace.sees("Waves");
    List<String> ranges = grace.files().seek("Audio waves.wav", SOUND_SECONDS - 10);
    assertThat(ranges).anyMatch(range -> !range.equals("bytes=0-"));
  }

  private static byte[] film(int seed) {
    byte[] bytes = new byte[FILM_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] picture(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(
        new GradientPaint(0, 0, new Color(0x27325a), width, height, new Color(0xf0b53a)));
    graphics.fillRect(0, 0, width, height);
    graphics.setPaint(new Color(0xfff4dc));
    int size = Math.min(width, height) / 2;
    graphics.fillOval((width - size) / 2, (height - size) / 2, size, size);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Noise as a WAV file of 16 bits and 44,100 a second, on two channels. */
  private static byte[] sound() {
    int rate = 44_100;
    int size = rate * 4 * SOUND_SECONDS;
    ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + size);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 2).putInt(rate).putInt(rate * 4);
    wav.putShort((short) 4).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
    byte[] noise = new byte[size];
    new Random(2).nextBytes(noise);
    return wav.put(noise).array();
  }
}
