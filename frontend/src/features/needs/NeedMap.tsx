/**
 * The map beside the list. Clusters come from the server for the part that is shown; without
 * a tile address it has no background, and district names tell where one is.
 */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import L from "leaflet";
import { useEffect, useRef, useState } from "react";
import { api, ask } from "@/lib/api";
import { districtsQuery } from "@/lib/districts";
import { count } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { listed, type NeedFilters, shared } from "./filters";
import "leaflet/dist/leaflet.css";
import "./map.css";

interface View {
  south: number;
  west: number;
  north: number;
  east: number;
  zoom: number;
}

const chengdu: L.LatLngTuple = [30.66, 104.065];
const zooms = { minZoom: 8, maxZoom: 18 };

function viewOf(map: L.Map): View {
  const b = map.getBounds();
  const round = (x: number) => Math.round(x * 1e4) / 1e4;
  return {
    south: round(b.getSouth()),
    west: round(b.getWest()),
    north: round(b.getNorth()),
    east: round(b.getEast()),
    zoom: map.getZoom(),
  };
}

export default function NeedMap({ filters }: { filters: NeedFilters }) {
  const { t } = useTranslation("needs");
  const box = useRef<HTMLElement>(null);
  const map = useRef<L.Map>(undefined);
  const [view, setView] = useState<View>();

  useEffect(() => {
    if (!box.current) return;
    const made = L.map(box.current, { ...zooms, zoomControl: false, attributionControl: true });
    L.control.zoom({ zoomInTitle: t("map.in"), zoomOutTitle: t("map.out") }).addTo(made);
    made.attributionControl.setPrefix(false);
    made.setView(chengdu, 11);
    made.on("moveend", () => setView(viewOf(made)));
    const watch = new ResizeObserver(() => made.invalidateSize());
    watch.observe(box.current);
    map.current = made;
    setView(viewOf(made));
    return () => {
      watch.disconnect();
      made.remove();
    };
  }, [t]);

  useEffect(() => {
    const [lat, lng] = (filters.near ?? "").split(",").map(Number);
    if (lat && lng) map.current?.setView([lat, lng], 14);
  }, [filters.near]);
  useTiles(map.current);
  useLabels(map.current);
  useClusters(map.current, view, filters);
  return <section ref={box} className="needmap" aria-label={t("map.label")} />;
}

function useTiles(map: L.Map | undefined) {
  const site = useQuery({
    queryKey: ["site", "tiles"],
    queryFn: () => ask(api.GET("/api/v1/site")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const url = site.data?.tileUrl;
  useEffect(() => {
    if (!map || !url) return;
    const layer = L.tileLayer(url, zooms).addTo(map);
    return () => void layer.remove();
  }, [map, url]);
}

/** Names of districts, so that the map tells a place without a background. */
function useLabels(map: L.Map | undefined) {
  const districts = useQuery(districtsQuery);
  useEffect(() => {
    if (!map || !districts.data) return;
    const layer = L.layerGroup().addTo(map);
    for (const p of districts.data) {
      if (!p.lat && !p.lng) continue;
      L.marker([p.lat, p.lng], {
        icon: L.divIcon({ className: "placename", html: text(p.name) }),
        interactive: false,
        keyboard: false,
      }).addTo(layer);
    }
    return () => void layer.remove();
  }, [map, districts.data]);
}

/** Leaflet takes HTML; an element with text cannot be read as any. */
function text(words: string): HTMLElement {
  const span = document.createElement("span");
  span.textContent = words;
  return span;
}

function useClusters(map: L.Map | undefined, view: View | undefined, filters: NeedFilters) {
  const { t } = useTranslation("needs");
  const navigate = useNavigate();
  const query = { ...shared(filters), south: 0, west: 0, north: 0, east: 0, zoom: 3, ...view };
  const clusters = useQuery({
    queryKey: ["needs", "map", query],
    enabled: view !== undefined,
    placeholderData: (old) => old,
    queryFn: () => ask(api.GET("/api/v1/needs/map", { params: { query }, ...listed })),
  });
  useEffect(() => {
    if (!map || !clusters.data) return;
    const layer = L.layerGroup().addTo(map);
    for (const c of clusters.data.items) {
      const size = c.code ? 20 : Math.min(56, 28 + Math.round(8 * Math.log10(c.count) * 2));
      const label = c.title ?? t("map.cluster", { count: c.count });
      const icon = L.divIcon({
        className: c.code ? "needpin" : "needcluster",
        html: text(c.code ? "" : count(c.count)),
        iconSize: [size, size],
      });
      const marker = L.marker([c.lat, c.lng], { icon, title: label, alt: label }).addTo(layer);
      marker.on("click keypress", () => {
        if (c.code) void navigate({ to: paths.need(c.code) });
        else map.setView([c.lat, c.lng], Math.min(zooms.maxZoom, map.getZoom() + 2));
      });
    }
    return () => void layer.remove();
  }, [map, clusters.data, navigate, t]);
}
