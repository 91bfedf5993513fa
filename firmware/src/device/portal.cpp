#include "portal.h"

#include <DNSServer.h>
#include <ESP8266WebServer.h>
#include <ESP8266WiFi.h>

#include "../board/provisioning.h"
#include "log.h"

namespace dispobox {

namespace {

constexpr uint32_t kOpenForMs = 300'000;
constexpr uint16_t kDnsPort = 53;
constexpr uint16_t kWebPort = 80;
constexpr const char* kNames[] = {"id", "kv", "key", "ssid", "pass", "server", "n"};

constexpr char kPage[] =
    "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
    "<title>DispoBox</title><style>body{font:1rem sans-serif;max-width:26rem;margin:1rem auto;padding:0 1rem}"
    "label{display:block;margin:.8rem 0}input{width:100%;font:inherit;padding:.4rem;box-sizing:border-box}"
    "button{font:inherit;padding:.6rem 1.2rem}</style><h1>DispoBox</h1>"
    "<p>Laissez vide ce qui ne change pas. <i lang=en>Leave empty what does not change.</i></p>"
    "<form method=post action=/save>"
    "<label>Nom de la carte / <span lang=en>board id</span><input name=id maxlength=24></label>"
    "<label>Version de la clé / <span lang=en>key version</span><input name=kv inputmode=numeric></label>"
    "<label>Clé / <span lang=en>key</span> (64)<input name=key type=password maxlength=64></label>"
    "<label>Réseau Wi-Fi / <span lang=en>Wi-Fi network</span><input name=ssid maxlength=32></label>"
    "<label>Mot de passe Wi-Fi / <span lang=en>Wi-Fi password</span><input name=pass type=password></label>"
    "<label>Serveur / <span lang=en>server</span><input name=server placeholder=10.0.0.1:50000></label>"
    "<label>Détecteurs / <span lang=en>detectors</span> (1-4)<input name=n inputmode=numeric></label>"
    "<button>Enregistrer / <span lang=en>Save</span></button></form></html>";

class Portal {
  public:
    Portal(SetUp& set_up) : set_up_(set_up), web_(kWebPort) {}

    void run(StatusLight& light) {
        open();
        const uint32_t opened_at_ms = millis();
        while (!saved_ && millis() - opened_at_ms < kOpenForMs) {
            dns_.processNextRequest();
            web_.handleClient();
            light.show(Sign::kPortal);
            delay(2);
        }
        log_line("portal: %s", saved_ ? "saved" : "closed after five minutes");
        // Time for the answer to get out.
        delay(500);
        web_.stop();
        dns_.stop();
        WiFi.softAPdisconnect(true);
    }

  private:
    void open() {
        char name[48];
        snprintf(name, sizeof name, "dispobox-%06lx", static_cast<unsigned long>(ESP.getChipId()));
        WiFi.persistent(false);
        WiFi.mode(WIFI_AP);
        WiFi.softAP(name, set_up_.configuration.portal_password);
        // Whatever a phone asks for is here: that is what makes it open the page by itself.
        dns_.start(kDnsPort, "*", WiFi.softAPIP());
        web_.on("/save", HTTP_POST, [this]() { save(); });
        web_.onNotFound([this]() { web_.send(200, "text/html", kPage); });
        web_.begin();
        log_line("portal: network %s, http://%s/", name, WiFi.softAPIP().toString().c_str());
    }

    void save() {
        Configuration changed = set_up_.configuration;
        for (const char* name : kNames) {
            const String& value = web_.arg(name);
            if (value.length() == 0) {
                continue;
            }
            if (const char* wrong = set_value(changed, name, {value.c_str(), value.length()})) {
                web_.send(400, "text/plain", String(name) + ": " + wrong);
                return;
            }
        }
        set_up_.configuration = changed;
        saved_ = set_up_.save();
        web_.send(saved_ ? 200 : 500, "text/plain", saved_ ? "OK" : "flash");
    }

    SetUp& set_up_;
    ESP8266WebServer web_;
    DNSServer dns_;
    bool saved_ = false;
};

}  // namespace

void run_portal(SetUp& set_up, StatusLight& light) {
    Portal portal(set_up);
    portal.run(light);
}

}  // namespace dispobox
